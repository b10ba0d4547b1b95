crate::id::id! {
    /// Identifies a band.
    BandId(i32)
}
crate::id::id! {
    /// Identifies an event.
    EventId(i32)
}
crate::id::id! {
    /// Identifies an instance.
    InstanceId(i32)
}
crate::id::id! {
    /// Identifies a customer.
    CustomerId(i32)
}
