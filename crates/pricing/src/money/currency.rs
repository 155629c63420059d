//! Currencies and how many decimals each has.

use core::{fmt, str};

/// Active ISO 4217 codes by their number of decimals. Metals, bond units and test codes have none and are left out.
const CODES: [(u32, &str); 4] = [
    (
        2,
        "USD EUR GBP AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
         CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GTQ \
         GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD \
         MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD \
         RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH \
         USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL",
    ),
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    code: [u8; 3],
    scale: u32,
}

impl Currency {
    /// The currency of a three-letter upper-case code.
    ///
    /// # Errors
    /// Not the code of a currency in use.
    pub fn from_code(code: &str) -> Result<Self, CurrencyError> {
        let bytes = <[u8; 3]>::try_from(code.as_bytes()).map_err(|_| CurrencyError)?;
        CODES
            .iter()
            .find(|(_, codes)| codes.split(' ').any(|known| known == code))
            .map(|(scale, _)| Self { code: bytes, scale: *scale })
            .ok_or(CurrencyError)
    }

    /// ISO 4217's code for no currency at all.
    pub const NONE: Self = Self { code: *b"XXX", scale: 0 };

    /// A currency whose code was checked when it was first read, by whoever passes it on with its scale; nothing where
    /// that can't be.
    #[must_use]
    pub fn of_checked(code: &str, scale: u32) -> Option<Self> {
        Some(Self { code: code.as_bytes().try_into().ok()?, scale }).filter(|_| scale <= 4)
    }

    /// Its three-letter code.
    #[must_use]
    pub fn code(&self) -> &str {
        str::from_utf8(&self.code).unwrap_or_default()
    }

    /// How many decimals its amounts have: 2 for USD, 0 for JPY, 3 for BHD.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.scale
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text is not the code of a currency in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencyError;

impl fmt::Display for CurrencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a currency is an ISO 4217 code such as `USD`")
    }
}

impl core::error::Error for CurrencyError {}

#[cfg(test)]
mod tests {
    use iso_currency::IntoEnumIterator;

    use super::Currency;

    #[test]
    fn agrees_with_the_iso_table() {
        for iso in iso_currency::Currency::iter() {
            let ours = Currency::from_code(iso.code()).ok().map(|currency| currency.scale());
            assert_eq!(ours, iso.exponent().map(u32::from), "{}", iso.code());
        }
    }

    #[test]
    fn refuses_what_is_no_code() {
        for text in ["", "usd", "US", "USDX", "U D", "XXX", "XAU", "€"] {
            assert!(Currency::from_code(text).is_err(), "{text}");
        }
    }
}
