using Efento.Portal.Access;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Access.People;

public sealed class SignInDeskTests : IAsyncLifetime
{
    private const string Email = PortalUnderTest.AdminEmail;
    private readonly FakeTimeProvider _time = new(Some.Now());
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

        Assert.Equal((null, true), (locked.SessionKey, locked.LockedUntil > Some.Now()));
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
        var user = (await _portal.Get<UserAccounts>().ListAsync()).Single();
        await FailAsync(5);

        // What a check that began before the lock comes to.
        var late = await _portal.Get<SignInDesk>().OpenAsync(new Actor(ActorKind.Person, Email, "192.0.2.9", user.Id), user.Id, "192.0.2.9", "");

        Assert.Null(late.SessionKey);
        Assert.NotNull(late.LockedUntil);
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

        Assert.StartsWith("several|192.0.2.7|guess1@portal.test, guess2@portal.test, guess0@portal.test|27 times from ", Entries()[10], StringComparison.Ordinal);
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

        var counts = Entries().Select(e => e.Split('|')[3]).Select(what => what == "no such account" ? 1 : int.Parse(what.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(3 * 14, counts.Sum());
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null((await SignInAsync("wrong")).SessionKey);
        }
    }

    private Task<SignInOutcome> SignInAsync(string password, string email = Email, string address = "192.0.2.7") =>
        _portal.Get<SignInDesk>().SignInAsync(email, password, address, "browser");

    private IReadOnlyList<string> Entries() =>
        _portal.Database.Lines("SELECT actor, address, subject, new FROM audit_entry WHERE action = 'sign-in failed' ORDER BY id");
}
