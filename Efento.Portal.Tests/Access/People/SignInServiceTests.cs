using Efento.Portal.Access;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Access.People;

public sealed class SignInServiceTests : IAsyncLifetime
{
    private const string Email = PortalUnderTest.AdminEmail;
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task RightPassword_WhileLocked_IsRefused()
    {
        await FailAsync(5);

        var locked = await SignInAsync(PortalUnderTest.AdminPassword);
        _time.Advance(TimeSpan.FromSeconds(31));
        var later = await SignInAsync(PortalUnderTest.AdminPassword);

        Assert.Equal((null, true), (locked.SessionKey, locked.LockedUntil > Some.Start));
        Assert.NotNull(later.SessionKey);
    }

    [Fact]
    public async Task Lock_GrowsWithEachFailure()
    {
        await FailAsync(4);
        List<double> seconds = [];
        for (var i = 0; i < 3; i++)
        {
            var until = (await SignInAsync("wrong")).LockedUntil!.Value;
            seconds.Add((until - _time.GetUtcNow()).TotalSeconds);
            _time.SetUtcNow(until);
        }

        Assert.Equal([30, 60, 120], seconds);
    }

    [Fact]
    public async Task Lock_OfANameWithoutAccount_IsLikeThatOfAnAccount()
    {
        List<DateTimeOffset?> account = [], nobody = [];
        for (var i = 0; i < 9; i++)
        {
            account.Add((await SignInAsync("wrong")).LockedUntil);
            nobody.Add((await SignInAsync("wrong", i % 2 == 0 ? "nobody@portal.test" : "NOBODY@portal.test")).LockedUntil);
            _time.SetUtcNow(_time.GetUtcNow().AddSeconds(20));
        }

        Assert.Contains(account, until => until is not null);
        Assert.Equal(account, nobody);
    }

    [Fact]
    public async Task Success_BeginsAnew()
    {
        await FailAsync(4);
        Assert.NotNull((await SignInAsync(PortalUnderTest.AdminPassword)).SessionKey);

        await FailAsync(4);

        Assert.NotNull((await SignInAsync(PortalUnderTest.AdminPassword)).SessionKey);
    }

    [Fact]
    public async Task RightPassword_AmongManyAtOnce_IsRefusedOnceLocked()
    {
        await FailAsync(4);

        var outcomes = await Task.WhenAll(SignInAsync("wrong"), SignInAsync(PortalUnderTest.AdminPassword));

        Assert.All(outcomes, o => Assert.Equal((null, true), (o.SessionKey, o.LockedUntil is not null)));
    }

    [Fact]
    public async Task Lock_OfAStranger_DoesNotKeepTheOwnerOut()
    {
        await FailAsync(9);

        Assert.NotNull((await SignInAsync(PortalUnderTest.AdminPassword)).LockedUntil);
        Assert.NotNull((await SignInAsync(PortalUnderTest.AdminPassword, address: "192.0.2.8")).SessionKey);
    }

    [Fact]
    public async Task Lock_OfAStrangerBesideTheOwner_DoesNotKeepABrowserOutThatWasUsedBefore()
    {
        var owner = (await SignInAsync(PortalUnderTest.AdminPassword)).UserId;
        await FailAsync(9);

        var known = new KnownBrowser("b", [owner]);
        var other = new KnownBrowser("c", [owner + 1]);

        Assert.NotNull((await SignInAsync(PortalUnderTest.AdminPassword, known: other)).LockedUntil);
        Assert.NotNull((await SignInAsync(PortalUnderTest.AdminPassword, known: known)).SessionKey);
    }

    [Fact]
    public async Task Failures_InABrowserThatWasUsedBefore_LockIt()
    {
        var known = new KnownBrowser("b", [(await SignInAsync(PortalUnderTest.AdminPassword)).UserId]);
        for (var i = 0; i < 5; i++)
        {
            await SignInAsync("wrong", known: known);
        }

        Assert.NotNull((await SignInAsync(PortalUnderTest.AdminPassword, known: known)).LockedUntil);
    }

    [Fact]
    public void Lock_ClockSetBack_EndsInItsTimeAllTheSame()
    {
        var clock = new SteppingClock(Some.Start);
        var locks = new SignInLocks(clock);
        for (var i = 0; i < 5; i++)
        {
            locks.Fail("ANNA", "192.0.2.7");
        }

        clock.Step(TimeSpan.FromDays(-2));
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromSeconds(30), locks.Until("ANNA", "192.0.2.7"));
        clock.Pass(TimeSpan.FromSeconds(30));
        Assert.Null(locks.Until("ANNA", "192.0.2.7"));
    }

    [Fact]
    public async Task Passwords_OfOneAddressAtOnce_AreComparedOneAtATimeAndNotAll()
    {
        var hasher = new CountingHasher();
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Customise = builder => builder.Services.AddSingleton<IPasswordHasher<User>>(hasher) });
        var service = portal.Get<SignInService>();

        await AssertTakenAsync(
            PasswordQueue.MostOfOneSender, 40, i => service.SignInAsync($"guess{i}@portal.test", "a wrong password", "192.0.2.7", ""));
        await AssertTakenAsync(
            PasswordQueue.MostWaiting, 60, i => service.SignInAsync("guess@portal.test", "a wrong password", $"192.0.2.{i}", ""));

        Assert.Equal(1, hasher.MostAtOnce);

        async Task AssertTakenAsync(int most, int count, Func<int, Task<SignInOutcome>> attempt)
        {
            using var free = new ManualResetEventSlim();
            var busy = portal.Get<PasswordQueue>().RunAsync(() => free.Wait(Until.Patience), CancellationToken.None);
            var attempts = Enumerable.Range(0, count).Select(attempt).ToList();
            await Until.TrueAsync(() => attempts.Count(a => a.IsCompleted) == count - most);
            free.Set();

            Assert.True(await busy);
            Assert.Equal(most, (await Task.WhenAll(attempts)).Count(o => !o.IsBusy));
        }
    }

    [Fact]
    public async Task Passwords_OfAKnownBrowserAtOnce_AreNoMoreThanThoseOfAnybody()
    {
        var known = new KnownBrowser("b", [(await SignInAsync(PortalUnderTest.AdminPassword)).UserId]);

        using var free = new ManualResetEventSlim();
        var busy = _portal.Get<PasswordQueue>().RunAsync(() => free.Wait(Until.Patience), CancellationToken.None);

        var attempts = Enumerable.Range(0, 20).Select(_ => SignInAsync(PortalUnderTest.AdminPassword, known: known)).ToList();
        await Until.TrueAsync(() => attempts.Count(a => a.IsCompleted) == 20 - PasswordQueue.MostOfOneSender);
        free.Set();

        Assert.True(await busy);
        Assert.Equal(PasswordQueue.MostOfOneSender, (await Task.WhenAll(attempts)).Count(o => o.SessionKey is not null));
    }

    [Theory]
    [InlineData(4_097)]
    [InlineData(2_000_000)]
    public async Task Password_TooLongForAnybody_IsNotHashed(int length)
    {
        var hasher = new CountingHasher();
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Customise = builder => builder.Services.AddSingleton<IPasswordHasher<User>>(hasher) });
        var before = hasher.Compared;

        var outcome = await portal.Get<SignInService>().SignInAsync(Email, new string('x', length), "192.0.2.7", "");

        Assert.Null(outcome.SessionKey);
        Assert.Equal(before, hasher.Compared);
    }

    [Fact]
    public async Task Failures_OfOneAddress_BecomeOneEntryAfterTen()
    {
        for (var i = 0; i < 37; i++)
        {
            await SignInAsync("wrong", $"guess{i % 3}@portal.test");
        }

        Assert.Equal(10, Entries().Count);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Until.TrueAsync(() => Entries().Count == 11);

        Assert.StartsWith(
            "several|192.0.2.7|guess1@portal.test, guess2@portal.test, guess0@portal.test|27 times from ", Entries()[10],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_OfOneNetworkOfIPv6_AreCountedTogether()
    {
        for (var i = 0; i < 15; i++)
        {
            await SignInAsync("wrong", $"guess{i}@portal.test", $"2001:db8::{i + 1:x}");
        }

        Assert.Equal(10, Entries().Count);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Until.TrueAsync(() => Entries().Count == 11);
        Assert.StartsWith("several|2001:db8::/64|", Entries()[10], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_OfSeveralMinutesAndAddresses_AreAllCounted()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            for (var i = 0; i < 14; i++)
            {
                await SignInAsync("wrong", "guess@portal.test", i % 7 == 0 ? "192.0.2.8" : "192.0.2.7");
            }

            // No tick of the keeper in between: what it has not fetched yet stays.
            _time.SetUtcNow(_time.GetUtcNow().AddMinutes(1));
        }

        await _portal.RestartAsync();

        var counts = Entries().Select(e => e.Split('|')[3]).Select(
            what => what == "no such account" ? 1 : int.Parse(what.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(3 * 14, counts.Sum());
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null((await SignInAsync("wrong")).SessionKey);
        }
    }

    private Task<SignInOutcome> SignInAsync(
        string password, string email = Email, string address = "192.0.2.7", KnownBrowser? known = null) =>
        _portal.Get<SignInService>().SignInAsync(email, password, address, "browser", known);

    private IReadOnlyList<string> Entries() =>
        _portal.Database.Lines("SELECT actor, address, subject, new FROM audit_entry WHERE action = 'sign-in failed' ORDER BY id");

    /// <summary>Takes its time, and counts how many are compared at the same moment.</summary>
    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _hasher = new();
        private int _now;

        public int MostAtOnce { get; private set; }

        public int Compared { get; private set; }

        public string HashPassword(User user, string password) => _hasher.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            Compared++;
            try
            {
                return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }

    /// <summary>A clock that can be set while time passes evenly.</summary>
    private sealed class SteppingClock(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset _now = now;
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _passed.Ticks;

        public void Step(TimeSpan by) => _now += by;

        public void Pass(TimeSpan time) => (_now, _passed) = (_now + time, _passed + time);
    }
}
