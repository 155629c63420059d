// What offers say, in the page's language. They are loaded only with offers, so they stand apart from the widget's words.
const NAMES = 'thanks more add inCart kept save redeemed withdrawn notStarted ended none failed again dead askTitle email ask asked badEmail was now until tooOften refused'.split(' ');

const LANGUAGES = {
  en: [
    'As a thank you for purchasing, you’ve received a special discount', 'Learn more', 'Add to cart at {0}', 'In your cart at {0}', 'In your cart',
    'You save {0}', 'You have already used this offer.', 'This offer went with the order that earned it, which was called off.',
    'This offer has not begun yet.', 'This offer is over.', 'You have no offers yet.',
    'We couldn’t reach the shop. Check your connection and try again.', 'Try again',
    'This link works no longer. Have a new one sent to you.', 'See the offers that come with what you bought',
    'E-mail address of your purchase', 'Send me a link',
    'If that address has bought here, a link is on its way to it. It works once, for 24 hours.',
    'Type an address that can receive e-mail.', 'was', 'now', 'Until {0}',
    'You have asked often in a short time. Wait a few minutes and try again.', 'The shop can’t add this offer at the moment.',
  ],
  es: [
    'Como agradecimiento por su compra, ha recibido un descuento especial', 'Saber más', 'Añadir a la cesta por {0}',
    'En su cesta por {0}', 'En su cesta', 'Usted ahorra {0}', 'Ya ha usado esta oferta.', 'Esta oferta se fue con el pedido que la dio, que fue anulado.',
    'Esta oferta aún no ha empezado.', 'Esta oferta ha terminado.', 'Todavía no tiene ofertas.',
    'No hemos podido conectar con la tienda. Revise su conexión y vuelva a intentarlo.', 'Volver a intentarlo',
    'Este enlace ya no funciona. Pida que le enviemos otro.', 'Vea las ofertas que acompañan a lo que compró',
    'Correo electrónico de su compra', 'Enviarme un enlace',
    'Si con esa dirección se ha comprado aquí, le llegará un enlace. Funciona una vez, durante 24 horas.',
    'Escriba una dirección que pueda recibir correo.', 'antes', 'ahora', 'Hasta el {0}',
    'Ha preguntado muchas veces en poco tiempo. Espere unos minutos y vuelva a intentarlo.', 'La tienda no puede añadir esta oferta en este momento.',
  ],
  fr: [
    'Pour vous remercier de votre achat, voici une remise spéciale', 'En savoir plus', 'Ajouter au panier à {0}', 'Dans votre panier à {0}', 'Dans votre panier',
    'Vous économisez {0}', 'Vous avez déjà utilisé cette offre.', 'Cette offre est partie avec la commande qui la donnait, annulée depuis.',
    'Cette offre n’a pas encore commencé.', 'Cette offre est terminée.', 'Vous n’avez pas encore d’offre.',
    'La boutique est injoignable. Vérifiez votre connexion et réessayez.', 'Réessayer',
    'Ce lien ne fonctionne plus. Faites-vous en envoyer un nouveau.', 'Voir les offres liées à vos achats',
    'Adresse e-mail de votre achat', 'M’envoyer un lien',
    'Si cette adresse a servi à un achat ici, un lien lui parvient. Il sert une fois, pendant 24 heures.',
    'Saisissez une adresse qui reçoit des e-mails.', 'avant', 'maintenant', 'Jusqu’au {0}',
    'Cela fait beaucoup de demandes. Attendez quelques minutes et réessayez.', 'La boutique ne peut pas ajouter cette offre pour le moment.',
  ],
  de: [
    'Als Dank für Ihren Einkauf haben Sie einen besonderen Rabatt erhalten', 'Mehr erfahren', 'Für {0} in den Warenkorb',
    'Für {0} im Warenkorb', 'Im Warenkorb', 'Sie sparen {0}', 'Dieses Angebot haben Sie schon eingelöst.',
    'Dieses Angebot ging mit der Bestellung, aus der es kam: Sie wurde storniert.', 'Dieses Angebot hat noch nicht begonnen.',
    'Dieses Angebot ist vorbei.', 'Sie haben noch keine Angebote.',
    'Der Shop ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.', 'Noch einmal',
    'Dieser Link gilt nicht mehr. Lassen Sie sich einen neuen schicken.', 'Angebote zu Ihren Einkäufen ansehen',
    'E-Mail-Adresse Ihres Einkaufs', 'Link schicken',
    'Wurde mit dieser Adresse hier gekauft, ist ein Link unterwegs. Er gilt einmal, 24 Stunden lang.',
    'Geben Sie eine Adresse ein, die E-Mails empfängt.', 'vorher', 'jetzt', 'Bis {0}',
    'Das waren viele Anfragen. Warten Sie einige Minuten und versuchen Sie es noch einmal.', 'Der Shop kann dieses Angebot gerade nicht hinzufügen.',
  ],
  ja: [
    'お買い上げのお礼に、特別割引をご用意しました', '詳しく見る', '{0}でカートに入れる', '{0}でカートに入っています', 'カートに入っています', '{0}お得',
    'この特典はご利用済みです。', 'もとのご注文が取り消されたため、この特典は使えません。', 'この特典はまだ始まっていません。',
    'この特典は終了しました。', 'ご利用いただける特典はまだありません。', 'ショップに接続できません。通信状況を確かめて、もう一度お試しください。',
    'もう一度', 'このリンクは使えなくなりました。新しいリンクをお送りします。', 'ご購入品の特典を見る', 'ご購入時のメールアドレス',
    'リンクを送る', 'そのアドレスでのご購入があれば、リンクをお送りします。24時間以内に1回ご利用いただけます。',
    'メールを受け取れるアドレスを入力してください。', '通常', '現在', '{0}まで',
    'お問い合わせの回数が多すぎます。数分待ってから、もう一度お試しください。', 'ただいまこの特典を追加できません。',
  ],
  ar: [
    'شكرًا على شرائك، حصلت على خصم خاص', 'اعرف المزيد', 'أضف إلى السلة بسعر {0}', 'في سلتك بسعر {0}', 'في سلتك', 'توفّر {0}',
    'لقد استخدمت هذا العرض من قبل.', 'ذهب هذا العرض مع الطلب الذي منحه بعد إلغائه.', 'لم يبدأ هذا العرض بعد.', 'انتهى هذا العرض.',
    'ليست لديك عروض بعد.', 'تعذّر الوصول إلى المتجر. تحقق من اتصالك وحاول مرة أخرى.', 'حاول مرة أخرى',
    'لم يعد هذا الرابط صالحًا. اطلب إرسال رابط جديد.', 'شاهد العروض المرافقة لما اشتريته', 'البريد الإلكتروني المستخدم في الشراء',
    'أرسل لي رابطًا', 'إن كان هذا العنوان قد اشترى هنا، فالرابط في طريقه إليه. يعمل مرة واحدة خلال 24 ساعة.',
    'اكتب عنوانًا يستقبل البريد.', 'كان', 'الآن', 'حتى {0}',
    'سألت مرات كثيرة في وقت قصير. انتظر بضع دقائق وحاول مرة أخرى.', 'لا يستطيع المتجر إضافة هذا العرض الآن.',
  ],
};

/** The words of a page's language, English where we have none of it; `tag` says which. */
export function speech(language) {
  const spoken = language.toLowerCase().split('-')[0];
  const tag = spoken in LANGUAGES ? spoken : 'en';
  const words = new Map(NAMES.map((name, at) => [name, LANGUAGES[tag][at]]));
  // Isolated, what is filled in leaves the order of words that run the other way alone.
  const filled = (value) => (tag === 'ar' ? `\u2068${value}\u2069` : value);
  return { tag, names: NAMES, say: (name, value = '') => words.get(name).replace('{0}', () => filled(value)) };
}
