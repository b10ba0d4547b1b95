//! The attempts of one call: at most as many as its policy, the budget and the time allow.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::Inner;
use super::attempt::{Arrival, Sent};
use super::measure::Watch;
use super::trace::Trace;
use crate::error::{Error, Fault, Tried};
use crate::operation::Effect;
use crate::retry::{Retry, Withdrawal, is_retryable, is_timeout};

/// Why an attempt failed, and how long the service asks to wait before another.
pub(super) struct Failed {
    pub(super) fault: Fault,
    pub(super) retry_after: Option<Duration>,
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            retry_after: None,
        }
    }
}

/// How a call goes about it.
#[derive(Clone, Copy)]
pub(super) struct Course {
    effect: Effect,
    retry: Retry,
    deadline: Option<Instant>,
}

impl Inner {
    /// When the time is up for a call that begins now.
    pub(super) fn deadline(&self) -> Option<Instant> {
        Instant::now().checked_add(self.timeout)
    }

    /// The course of a call. Without a policy of its own, a write is sent once.
    fn course(&self, effect: Effect, own: Option<Retry>, deadline: Option<Instant>) -> Course {
        let usual = match effect {
            Effect::Read => self.retry,
            Effect::Write => Retry::none(),
        };
        Course {
            effect,
            retry: own.unwrap_or(usual),
            deadline,
        }
    }

    /// Makes attempts until one succeeds, or there is to be no other.
    ///
    /// Dropping the future at any point ends the attempt that is being made, and there is no other.
    pub(super) async fn attempts(
        &self,
        sent: Sent<'_>,
        mut tried: Tried,
        own: Option<Retry>,
        deadline: Option<Instant>,
    ) -> Result<Arrival, Error> {
        let course = self.course(tried.operation.effect, own, deadline);
        let attempts = self.attempts_without_end(sent, &mut tried, course);
        let arrival = match course.deadline {
            Some(deadline) => timeout_at(deadline, attempts).await.unwrap_or_else(|_| {
                tracing::debug!(operation = tried.operation.name, "time is up");
                Err(Fault::Deadline(self.timeout))
            }),
            None => attempts.await,
        };
        arrival.map_err(|fault| Error::during(tried, fault))
    }

    /// `tried` counts them.
    async fn attempts_without_end(&self, sent: Sent<'_>, tried: &mut Tried, course: Course) -> Result<Arrival, Fault> {
        let mut withdrawal: Option<Withdrawal<'_>> = None;
        loop {
            let failed = match self.one_attempt(sent, tried).await {
                Ok(arrival) => {
                    // What a successful repetition cost goes back as it is dropped.
                    if withdrawal.is_none() {
                        self.budget.reward();
                    }
                    return Ok(arrival);
                }
                Err(failed) => failed,
            };
            if let Some(withdrawal) = withdrawal.take() {
                withdrawal.spend();
            }
            let Some((delay, cost)) = self.another(course, tried.attempts, &failed) else {
                return Err(failed.fault);
            };
            withdrawal = Some(cost);
            tracing::debug!(operation = tried.operation.name, error = %failed.fault, ?delay, "trying again");
            sleep(delay).await;
        }
    }

    /// One attempt, as soon as there is room for it.
    async fn one_attempt(&self, sent: Sent<'_>, tried: &mut Tried) -> Result<Arrival, Failed> {
        // An error would mean that the semaphore was closed, which nobody does.
        let _room = self.in_flight.acquire().await.ok();
        tried.attempts += 1;
        sent.watch.note_attempt(*tried);
        let watch = Watch::start(self.on_attempt.as_ref(), *tried);
        let ended = self.attempt_in_time(sent, Trace::new(*tried)).await;
        match &ended {
            Ok(arrival) => watch.succeed(arrival.response.status, arrival.body.len()),
            Err(failed) => watch.fail(&failed.fault),
        }
        ended
    }

    async fn attempt_in_time(&self, sent: Sent<'_>, trace: Trace) -> Result<Arrival, Failed> {
        let attempt = self.attempt(sent, trace);
        match self.attempt_timeout {
            Some(time) => {
                let in_time = timeout(time, attempt).await;
                in_time.unwrap_or_else(|_| Err(Fault::attempt_timeout(time).into()))
            }
            None => attempt.await,
        }
    }

    /// Whether there is to be another attempt: after which time, and at which cost.
    fn another(&self, course: Course, attempts: u32, failed: &Failed) -> Option<(Duration, Withdrawal<'_>)> {
        if !is_retryable(&failed.fault, course.effect) {
            return None;
        }
        let delay = course.retry.delay_after(attempts)?;
        let delay = delay.max(failed.retry_after.unwrap_or_default());
        let start = Instant::now().checked_add(delay)?;
        if course.deadline.is_some_and(|deadline| start >= deadline) {
            return None;
        }
        Some((delay, self.budget.withdraw(is_timeout(&failed.fault))?))
    }
}
