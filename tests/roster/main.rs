//! The roster: import, codes, coordinators, requests, roles, units, people, the audit log.

mod audit_log;
mod codes;
mod coordinator;
mod import;
mod pages;
mod people;
mod requests;
mod roles;
mod units;
