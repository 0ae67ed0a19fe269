//! Closed lists of the domain as columns.

use domain::Coded;
use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, Value, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryGetError, TryGetable};
use std::ops::Deref;

/// A term of a closed list, stored as its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code<T>(pub T);

impl<T> Deref for Code<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Code<T> {
    fn from(term: T) -> Self {
        Self(term)
    }
}

impl<T: Coded> From<Code<T>> for Value {
    fn from(code: Code<T>) -> Self {
        code.0.code().into()
    }
}

impl<T: Coded> TryGetable for Code<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let code = String::try_get_by(row, index)?;
        T::from_code(&code).map(Self).ok_or_else(|| {
            TryGetError::DbErr(DbErr::Type(format!("no term has the code {code:?}")))
        })
    }
}

impl<T: Coded> ValueType for Code<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        let code = <String as ValueType>::try_from(value)?;
        T::from_code(&code).map(Self).ok_or(ValueTypeErr)
    }

    fn type_name() -> String {
        "Code".to_owned()
    }

    fn array_type() -> ArrayType {
        ArrayType::String
    }

    fn column_type() -> ColumnType {
        ColumnType::Text
    }
}

impl<T> Nullable for Code<T> {
    fn null() -> Value {
        Value::String(None)
    }
}
