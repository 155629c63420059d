// What offers say, in the page's language. They are loaded only with offers, so they stand apart from the widget's words.
const NAMES = 'thanks more add inCart save redeemed withdrawn notStarted ended none failed again dead askTitle email ask asked badEmail was now'.split(' ');

const LANGUAGES = {
  en: [
    'As a thank you for purchasing, you’ve received a special discount', 'Learn more', 'Add to cart at {0}', 'In your cart at {0}',
    'You save {0}', 'You have already used this offer.', 'This offer went with the order that earned it, which was called off.',
    'This offer has not begun yet.', 'This offer is over.', 'You have no offers yet.',
    'We couldn’t look up your offers. Check your connection and try again.', 'Try again',
    'This link works no longer. Have a new one sent to you.', 'See the offers that come with what you bought',
    'E-mail address of your purchase', 'Send me a link',
    'If that address has bought here, a link is on its way to it. It works once, for 24 hours.',
    'Type an address that can receive e-mail.', 'was', 'now',
  ],
  es: [
    'Como agradecimiento por tu compra, has recibido un descuento especial', 'Saber más', 'Añadir al carrito por {0}',
    'En tu carrito por {0}', 'Ahorras {0}', 'Ya has usado esta oferta.', 'Esta oferta se fue con el pedido que la dio, que fue anulado.',
    'Esta oferta aún no ha empezado.', 'Esta oferta ha terminado.', 'Todavía no tienes ofertas.',
    'No hemos podido consultar tus ofertas. Comprueba la conexión e inténtalo de nuevo.', 'Intentar de nuevo',
    'Este enlace ya no funciona. Pide que te enviemos otro.', 'Mira las ofertas que acompañan a lo que compraste',
    'Correo electrónico de tu compra', 'Enviarme un enlace',
    'Si con esa dirección se ha comprado aquí, le llegará un enlace. Funciona una vez, durante 24 horas.',
    'Escribe una dirección que pueda recibir correo.', 'antes', 'ahora',
  ],
  fr: [
    'Pour vous remercier de votre achat, voici une remise spéciale', 'En savoir plus', 'Ajouter au panier à {0}', 'Dans votre panier à {0}',
    'Vous économisez {0}', 'Vous avez déjà utilisé cette offre.', 'Cette offre est partie avec la commande qui la donnait, annulée depuis.',
    'Cette offre n’a pas encore commencé.', 'Cette offre est terminée.', 'Vous n’avez pas encore d’offre.',
    'Impossible de consulter vos offres. Vérifiez la connexion et réessayez.', 'Réessayer',
    'Ce lien ne fonctionne plus. Faites-vous en envoyer un nouveau.', 'Voir les offres liées à vos achats',
    'Adresse e-mail de votre achat', 'M’envoyer un lien',
    'Si cette adresse a servi à un achat ici, un lien lui parvient. Il sert une fois, pendant 24 heures.',
    'Saisissez une adresse qui reçoit des e-mails.', 'avant', 'maintenant',
  ],
  de: [
    'Als Dank für Ihren Einkauf haben Sie einen besonderen Rabatt erhalten', 'Mehr erfahren', 'Für {0} in den Warenkorb',
    'Für {0} im Warenkorb', 'Sie sparen {0}', 'Dieses Angebot haben Sie schon eingelöst.',
    'Dieses Angebot ging mit der Bestellung, aus der es kam: Sie wurde storniert.', 'Dieses Angebot hat noch nicht begonnen.',
    'Dieses Angebot ist vorbei.', 'Sie haben noch keine Angebote.',
    'Ihre Angebote waren nicht abzurufen. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.', 'Noch einmal',
    'Dieser Link gilt nicht mehr. Lassen Sie sich einen neuen schicken.', 'Angebote zu Ihren Einkäufen ansehen',
    'E-Mail-Adresse Ihres Einkaufs', 'Link schicken',
    'Wurde mit dieser Adresse hier gekauft, ist ein Link unterwegs. Er gilt einmal, 24 Stunden lang.',
    'Geben Sie eine Adresse ein, die E-Mails empfängt.', 'vorher', 'jetzt',
  ],
  ja: [
    'お買い上げのお礼に、特別割引をご用意しました', '詳しく見る', '{0}でカートに入れる', '{0}でカートに入っています', '{0}お得',
    'この特典はご利用済みです。', 'もとのご注文が取り消されたため、この特典は使えません。', 'この特典はまだ始まっていません。',
    'この特典は終了しました。', 'ご利用いただける特典はまだありません。', '特典を確認できませんでした。接続を確かめて、もう一度お試しください。',
    'もう一度', 'このリンクは使えなくなりました。新しいリンクをお送りします。', 'ご購入品の特典を見る', 'ご購入時のメールアドレス',
    'リンクを送る', 'そのアドレスでのご購入があれば、リンクをお送りします。24時間以内に1回ご利用いただけます。',
    'メールを受け取れるアドレスを入力してください。', '通常', '現在',
  ],
  ar: [
    'شكرًا على شرائك، حصلت على خصم خاص', 'اعرف المزيد', 'أضف إلى السلة بسعر {0}', 'في سلتك بسعر {0}', 'توفّر {0}',
    'لقد استخدمت هذا العرض من قبل.', 'ذهب هذا العرض مع الطلب الذي منحه بعد إلغائه.', 'لم يبدأ هذا العرض بعد.', 'انتهى هذا العرض.',
    'ليست لديك عروض بعد.', 'تعذّر الاطلاع على عروضك. تحقّق من الاتصال وحاول مرة أخرى.', 'حاول مرة أخرى',
    'لم يعد هذا الرابط صالحًا. اطلب إرسال رابط جديد.', 'شاهد العروض المرافقة لما اشتريته', 'البريد الإلكتروني المستخدم في الشراء',
    'أرسل لي رابطًا', 'إن كان هذا العنوان قد اشترى هنا، فالرابط في طريقه إليه. يعمل مرة واحدة خلال 24 ساعة.',
    'اكتب عنوانًا يستقبل البريد.', 'كان', 'الآن',
  ],
};

export function speech(language) {
  const spoken = language.toLowerCase().split('-')[0];
  const texts = LANGUAGES[spoken] ?? LANGUAGES.en;
  const words = Object.fromEntries(NAMES.map((name, at) => [name, texts[at]]));
  return (name, value = '') => words[name].replace('{0}', value);
}
