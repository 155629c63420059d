//! The compact text of each part of the model: its fields in the order they stand here.

use pricing::{
    model::{
        Applies, Audience, Benefit, Bounds, Counts, CouponCode, Discount, DiscountKind, Exclusions,
        Inclusion, Instant, Product, ProductValue, PromotionSet, Quantity, Requirement, Schedule, Scope,
        Services, ShippingService, ShippingValue, Store, Text, Upgrade, UpgradeOffer, UsageLimit,
    },
    money::{Amount, Currency, Percent},
};

use super::{Compact, Reader, Writer};

/// Of a struct: one field after the other.
macro_rules! record {
    ($type:ident: $($field:ident),+) => {
        impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                $(self.$field.write(to);)+
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self { $($field: Compact::read(from)),+ }
            }
        }
    };
}

/// Of an enum: the number of the variant, then what is in it.
macro_rules! choice {
    ($type:ident: $($number:literal $variant:ident $(($($item:ident),+))? $({$($field:ident),+})?),+) => {
        impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                match self {
                    $(Self::$variant $(($($item),+))? $({$($field),+})? => {
                        to.number($number);
                        $($($item.write(to);)+)?
                        $($($field.write(to);)+)?
                    })+
                }
            }

            fn read(from: &mut Reader<'_>) -> Self {
                match from.number() {
                    $($number => {
                        $($(let $item = Compact::read(from);)+)?
                        $($(let $field = Compact::read(from);)+)?
                        Self::$variant $(($($item),+))? $({$($field),+})?
                    })+
                    _ => {
                        from.spoil();
                        // From now on every number is zero, and so is that of the variant.
                        Self::read(from)
                    }
                }
            }
        }
    };
}

/// Of what is a number.
macro_rules! number {
    ($($type:ty: $write:expr, $read:expr;)+) => {
        $(impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                to.number($write(*self));
            }

            fn read(from: &mut Reader<'_>) -> Self {
                $read(from.number())
            }
        })+
    };
}

number! {
    u64: |number| number, |number| number;
    bool: u64::from, |number| number == 1;
    Amount: Amount::minor, Amount::from_minor;
    Instant: |instant: Instant| instant.millis().cast_unsigned(),
        |number: u64| Instant::from_millis(number.cast_signed());
    Percent: |percent: Percent| u64::from(percent.ten_thousandths()),
        |number| Percent::of_checked(u32::try_from(number).unwrap_or(u32::MAX));
    Quantity: |quantity: Quantity| u64::from(quantity.get()),
        |number| Quantity::new(number).unwrap_or(Quantity::ONE);
}

impl<const MAXIMUM: usize> Compact for Text<MAXIMUM> {
    fn write(&self, to: &mut Writer) {
        to.text(self.as_str());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::of_checked(from.text())
    }
}

impl Compact for String {
    fn write(&self, to: &mut Writer) {
        to.text(self);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl Compact for CouponCode {
    fn write(&self, to: &mut Writer) {
        to.text(self.as_str());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::of_checked(from.text())
    }
}

impl Compact for Currency {
    fn write(&self, to: &mut Writer) {
        to.text(self.code());
        to.number(u64::from(self.scale()));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let (code, scale) = (from.text(), from.number());
        u32::try_from(scale).ok().and_then(|scale| Self::of_checked(code, scale)).unwrap_or_else(|| {
            from.spoil();
            Self::NONE
        })
    }
}

impl<T: Compact> Compact for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.list(self.iter());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.list(T::read)
    }
}

impl<T: Compact> Compact for Option<T> {
    fn write(&self, to: &mut Writer) {
        self.is_some().write(to);
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        bool::read(from).then(|| T::read(from))
    }
}

impl<T: Compact + Copy + Ord + Default> Compact for Bounds<T> {
    fn write(&self, to: &mut Writer) {
        self.minimum().write(to);
        self.maximum().write(to);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let minimum = Compact::read(from);
        Self::new(minimum, Compact::read(from)).unwrap_or_default()
    }
}

impl Compact for Schedule {
    fn write(&self, to: &mut Writer) {
        self.starts_at().write(to);
        self.ends_at().write(to);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let starts_at = Compact::read(from);
        Self::new(starts_at, Compact::read(from)).unwrap_or_default()
    }
}

record!(Store: currency, time_zone);
record!(Product: sku, title, price, compare_at, departments, collections, discountable);
record!(ShippingService: id, title, rate);
record!(PromotionSet: id, title, discounts);
record!(Discount: id, kind, title, enabled, schedule, audience, benefit, requirement, usage_limit, action_message);
record!(Scope: include, exclude);
record!(Exclusions: products, collections, departments);
record!(Upgrade: id, title, triggers, offers, schedule, message);
record!(UpgradeOffer: sku, value, units);

choice!(DiscountKind: 0 Promotion, 1 Coupon { code });
choice!(Audience: 0 Everyone, 1 Clubs(ids), 2 Tags(ids));
choice!(Benefit: 0 Products { value, scope }, 1 Shipping { value, services, must_purchase });
choice!(ProductValue: 0 PercentOff(percent), 1 DollarOff { amount, applies });
choice!(Applies: 0 OncePerOrder, 1 PerItem);
choice!(ShippingValue: 0 Free, 1 PercentOff(percent), 2 DollarOff(amount), 3 FlatRate(rate));
choice!(Services: 0 All, 1 Listed(ids));
choice!(Inclusion: 0 Store, 1 Collections(ids), 2 Departments(ids), 3 Products(skus));
choice!(Requirement: 0 None, 1 Quantity { bounds, counts }, 2 Amount { bounds, counts });
choice!(Counts: 0 Everything, 1 OnlyDiscounted);
choice!(UsageLimit: 0 Unlimited, 1 PerCustomer { orders }, 2 PerStore { orders });
