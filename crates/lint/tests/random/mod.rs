//! Random stores, small enough for everything to meet, and random carts.

use pricing::{
    model::{
        Applies, Audience, Benefit, Bounds, Cart, CartLine, Counts, CouponCode, Discount, DiscountKind,
        Exclusions, Id, Inclusion, Instant, Product, ProductValue, PromotionSet, Quantity, Requirement,
        Schedule, Scope, Services, ShippingService, ShippingValue, Snapshot, Store, Title, UsageLimit,
    },
    money::{Amount, Currency, Percent},
};

/// Schedules begin and end 5 ms around it.
pub(crate) const AS_OF: Instant = Instant::from_millis(1_767_225_600_000);

/// Marsaglia's xorshift: repeatable, and random enough.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    pub(crate) fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn pick<T: Clone>(&mut self, some: &[T]) -> T {
        let count = u64::try_from(some.len()).expect("few");
        some[usize::try_from(self.below(count)).expect("few")].clone()
    }
}

fn id(text: impl Into<String>) -> Id {
    Id::new(text).expect("an id")
}

fn title(text: &str) -> Title {
    Title::new(text).expect("a title")
}

fn percent(dice: &mut Dice) -> Percent {
    let whole: u32 = dice.pick(&[1, 5, 10, 10, 15, 33, 50, 100]);
    Percent::from_decimal(whole.into()).expect("a percentage")
}

fn scope(dice: &mut Dice) -> Scope {
    let include = match dice.below(4) {
        0 | 1 => Inclusion::Store,
        2 => Inclusion::Collections(vec![id(dice.pick(&["a", "b", "c", "none"]))]),
        _ => Inclusion::Products(vec![id(dice.pick(&["p0", "p1", "gone"])), id(dice.pick(&["p3", "gone"]))]),
    };
    let mut exclude = Exclusions::default();
    if dice.one_in(4) {
        exclude.products.push(id(dice.pick(&["p0", "p1", "p4"])));
    }
    Scope { include, exclude }
}

fn benefit(dice: &mut Dice) -> Benefit {
    let amount = Amount::from_minor(dice.pick(&[1, 100, 300, 500, 1_000, 1_200, 2_500]));
    if dice.one_in(3) {
        let value = match dice.below(4) {
            0 => ShippingValue::Free,
            1 => ShippingValue::PercentOff(percent(dice)),
            2 => ShippingValue::DollarOff(amount),
            _ => ShippingValue::FlatRate(amount),
        };
        let listed = dice.one_in(2).then(|| vec![id(dice.pick(&["slow", "fast"]))]);
        let must_purchase = dice.one_in(2).then(|| scope(dice));
        return Benefit::Shipping {
            value,
            services: listed.map_or(Services::All, Services::Listed),
            must_purchase,
        };
    }
    let value = match dice.below(3) {
        0 => ProductValue::PercentOff(percent(dice)),
        1 => ProductValue::DollarOff { amount, applies: Applies::OncePerOrder },
        _ => ProductValue::DollarOff { amount, applies: Applies::PerItem },
    };
    Benefit::Products { value, scope: scope(dice) }
}

fn requirement(dice: &mut Dice) -> Requirement {
    let counts = dice.pick(&[Counts::Everything, Counts::OnlyDiscounted]);
    let (low, high) = (dice.below(4), dice.below(5) + dice.pick(&[0, 3, 3]));
    let low = dice.one_in(2).then_some(low.min(high));
    let high = dice.one_in(3).then_some(high);
    match dice.below(4) {
        0 | 1 => Requirement::None,
        2 => Requirement::Quantity { bounds: Bounds::new(low, high).expect("in order"), counts },
        _ => {
            let money = |count: Option<u64>| count.map(|count| Amount::from_minor(count * 700));
            Requirement::Amount { bounds: Bounds::new(money(low), money(high)).expect("in order"), counts }
        }
    }
}

fn discount(dice: &mut Dice, at: u64) -> Discount {
    let code = dice.one_in(3).then(|| CouponCode::new(&format!("CODE{at}")).expect("a code"));
    let audience = match dice.below(5) {
        0 => Audience::Clubs(vec![id("gold")]),
        1 => Audience::Clubs(vec![id("gold"), id("iron")]),
        _ => Audience::Everyone,
    };
    let start = dice.one_in(6).then_some(Instant::from_millis(AS_OF.millis() - 5));
    let end = dice.one_in(6).then_some(Instant::from_millis(AS_OF.millis() + 5));
    Discount {
        id: id(format!("d{at}")),
        kind: code.map_or(DiscountKind::Promotion, |code| DiscountKind::Coupon { code }),
        title: title(dice.pick(&["Alpha", "beta", "Gamma", "delta"])),
        enabled: !dice.one_in(10),
        schedule: Schedule::new(start, end).expect("in order"),
        audience,
        benefit: benefit(dice),
        requirement: requirement(dice),
        usage_limit: dice.pick(&[
            UsageLimit::Unlimited,
            UsageLimit::Unlimited,
            UsageLimit::PerStore { orders: 1 },
        ]),
        action_message: None,
    }
}

pub(crate) fn store(dice: &mut Dice) -> Snapshot {
    let products = (0..5).map(|at| Product {
        sku: id(format!("p{at}")),
        title: title("Product"),
        price: Amount::from_minor(dice.pick(&[0, 1, 99, 333, 500, 1_000, 1_250, 3_000])),
        compare_at: None,
        departments: Vec::new(),
        collections: vec![id(dice.pick(&["a", "b", "c"])), id(dice.pick(&["a", "b"]))],
        discountable: !dice.one_in(4),
    });
    let products = products.collect();
    let service = |name: &str, rate: u64| ShippingService {
        id: id(name),
        title: title(name),
        rate: Amount::from_minor(rate),
    };
    let count = 2 + dice.below(5);
    let discounts = (0..count).map(|at| discount(dice, at)).collect();
    let sets = (0..dice.below(3)).map(|at| {
        let first = dice.below(count);
        let mut members = vec![id(format!("d{first}")), id(format!("d{}", (first + 1) % count))];
        members.truncate(dice.pick(&[1, 2]));
        PromotionSet { id: id(format!("s{at}")), title: title("Set"), discounts: members }
    });
    let promotion_sets = sets.collect();
    Snapshot {
        version: String::new(),
        store: Store {
            currency: Currency::from_code("USD").expect("a currency"),
            time_zone: "UTC".to_owned(),
        },
        products,
        shipping_services: vec![service("slow", dice.pick(&[0, 500, 1_199])), service("fast", 2_800)],
        discounts,
        promotion_sets,
        upgrades: Vec::new(),
    }
}

pub(crate) fn cart(dice: &mut Dice, snapshot: &Snapshot) -> Cart {
    let lines = (0..=dice.below(4)).map(|at| CartLine {
        id: id(format!("{at}")),
        sku: id(format!("p{}", dice.below(5))),
        quantity: Quantity::new(1 + dice.pick(&[0, 0, 1, 2, 5, 40])).expect("a quantity"),
    });
    let mut cart = Cart::of_lines(lines.collect());
    let codes = snapshot.discounts.iter().filter_map(|discount| Some(discount.code()?.as_str().to_owned()));
    cart.codes = codes.filter(|_| !dice.one_in(4)).collect();
    cart.shipping_service = dice.pick(&[None, Some("slow"), Some("fast")]).map(id);
    let clubs = dice.pick(&[vec![], vec!["gold"], vec!["iron"], vec!["gold", "iron"]]);
    cart.customer.clubs = clubs.into_iter().map(id).collect();
    cart
}
