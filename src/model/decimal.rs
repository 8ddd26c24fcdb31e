//! A number as plain decimal digits, the shortest that read back as the same number.

/// As `f64::to_string`, for finite numbers; where two decimals are equally short and near, it may be the other one.
/// That one carries 13 kB of tables into the browser; JSON's writer is there anyway.
pub fn decimal(value: f64) -> String {
    let Some(number) = serde_json::Number::from_f64(value) else { return String::new() };
    let text = number.to_string();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match text.split_once('e') {
        Some((digits, exponent)) => shifted(digits, exponent.trim_start_matches('+').parse().unwrap_or(0)),
        None => text.to_owned(),
    }
}

/// `1.5` and 3 to `1500`, `1.5` and -3 to `0.0015`.
fn shifted(mantissa: &str, exponent: i32) -> String {
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = whole.len() as i32 + exponent;
    if point <= 0 {
        return format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs() as usize));
    }
    let point = point as usize;
    match digits.split_at_checked(point) {
        Some((whole, "")) => format!("{sign}{whole}"),
        Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{digits}{}", "0".repeat(point - digits.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_digits_of_the_standard_library() {
        let numbers =
            [0.0, -0.0, 1.0, -1.5, 0.1, 8.25895, 14_967_000_000.0, 1e15, 1e16, 1.5e17, 1.2345e21, 1e-5, 1.5e-7, -2.5e-9, f64::MAX];
        for number in numbers {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn of_two_equally_near_decimals_either_will_do() {
        let number = 1_860_539_095_815_496.3;
        assert!(["1860539095815496.2", "1860539095815496.3"].contains(&decimal(number).as_str()));
        assert_eq!(decimal(number).parse(), Ok(number));
    }

    proptest! {
        #[test]
        fn of_every_finite_number(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            let text = decimal(number);
            prop_assert_eq!(text.parse::<f64>(), Ok(number), "{}", text);
            prop_assert_eq!(text.len(), number.to_string().len(), "{} is not the shortest", text);
        }
    }
}
