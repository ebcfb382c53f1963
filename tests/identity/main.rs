//! Identity: signing up and in, units, consent, own data, identity numbers, roles.

mod consent_end;
mod leaving;
mod national_id;
mod own_data;
mod pages;
mod roles;
mod sign_in;
mod sign_up;
mod units;
