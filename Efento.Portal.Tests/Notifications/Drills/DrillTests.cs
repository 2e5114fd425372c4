using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications.Drills;

/// <summary>A drill sends real messages to those who would be told, waits for each to confirm, and touches no alarm.</summary>
public sealed class DrillTests : NotificationContext
{
    private const string PublicAddress = "https://portal.example.com";

    private const string Document = $$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"},
          {"key":"phone","kind":"ntfy","url":"https://ntfy.example/site"},
          {"key":"hook","kind":"webhook","url":"https://site.example/hook"}],
        "people":[{"email":"{{Anna}}","language":"en","zone":"UTC"},{"email":"{{Bert}}","language":"pl"}],
        "chains":[
          {"key":"default","place":"*","level":"warning","steps":[{"people":["{{Anna}}"]},
            {"after":"10m","people":["{{Bert}}"],"channels":["mail"]},{"after":"20m","channels":["phone","hook"]}],"repeat":"30m"},
          {"key":"both","place":"*","level":"critical","steps":[{"people":["{{Anna}}","{{Bert}}"]},{"after":"5m","people":["{{Anna}}"]}]}]}
        """;

    private static readonly Actor Chief = new(ActorKind.Person, "chief@site.example");
    private static readonly DrillWish Default = new("default", AlarmLevel.Warning, null, IsAtOnce: true);

    private readonly RecordingSender _phone = new(ChannelKind.Ntfy);

    private protected override RecordingSender[] MoreSenders => [_phone];

    private protected override Dictionary<string, string> Settings => new()
    {
        ["Portal:PublicAddress"] = PublicAddress,
        ["Logging:LogLevel:Microsoft"] = "Trace",
    };

    private DrillService Drills => Portal.Get<DrillService>();

    [Fact]
    public async Task Start_AtOnce_TellsEachOnce_AndEachMessageIsMarked()
    {
        await StartAsync(Default);

        Assert.Equal([Anna, Bert], Mail.Attempts.Select(m => m.Recipient).Order(StringComparer.Ordinal));
        var all = Mail.Attempts.Concat(_phone.Attempts).Concat(Hook.Attempts).ToList();
        Assert.Equal(4, all.Count);
        Assert.All(all, m => Assert.StartsWith("DRILL / ĆWICZENIA: ", m.Subject));
        Assert.All(all, m => Assert.Equal("portal.drill", m.EventType));
        Assert.Contains("This is a drill. There is no alarm.", ToAnna().Text);
        Assert.Contains("chief@site.example started it on 17 Jun 2026, 09:14 UTC.", ToAnna().Text);
        Assert.Contains("To są ćwiczenia. Nie ma alarmu.", Mail.Attempts.Single(m => m.Recipient == Bert).Text);
        Assert.Null(Hook.Attempts[0].Answer);
        Assert.DoesNotContain("/drill/", Hook.Attempts[0].Json);
    }

    [Fact]
    public async Task Start_WithTheTimesOfTheSteps_TellsEachWhenItsTimeComes()
    {
        await StartAsync(Default with { IsAtOnce = false });
        Assert.Equal((1, 0), (Mail.Attempts.Count, Hook.Attempts.Count));

        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal((2, 0), (Mail.Attempts.Count, Hook.Attempts.Count));

        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal((2, 1, 1), (Mail.Attempts.Count, Hook.Attempts.Count, _phone.Attempts.Count));
    }

    /// <summary>Whoever a real chain would tell again is told twice with real times, but not if all is told at once.</summary>
    [Fact]
    public async Task Start_APersonOfTwoSteps_IsToldOnceAtOnce_AndTwiceWithTimes()
    {
        await StartAsync(new("both", AlarmLevel.Critical, null, IsAtOnce: true));
        Assert.Equal(2, Mail.Attempts.Count);
        await Drills.EndAsync(Chief, 1);

        await StartAsync(new("both", AlarmLevel.Critical, null, IsAtOnce: false));
        await PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(5, Mail.Attempts.Count);
    }

    [Fact]
    public async Task Start_AsForAnAlarmNow_TellsThoseOfAllItsChains_ButNobodyWhoMayNotSeeIt()
    {
        await ImportAsync(Document);
        await Portal.Get<UserAccounts>().AddAsync(Actor.Command, Bert, PortalUnderTest.AdminPassword, Role.Viewer);
        Portal.Database.Execute("UPDATE user SET locations = '7' WHERE email = $0".Replace("$0", $"'{Bert}'", StringComparison.Ordinal));

        Assert.Null((await Drills.StartAsync(Chief, new(null, AlarmLevel.Critical, null, IsAtOnce: true))).Fault);
        await SettleAsync();

        Assert.Equal([Anna], Mail.Attempts.Select(m => m.Recipient));
        Assert.Equal((1, 1), (Hook.Attempts.Count, _phone.Attempts.Count));
    }

    [Fact]
    public async Task Start_WhatCannotBe_IsSaid_AndSendsNothing()
    {
        await ImportAsync(Document.Replace("\"key\":\"default\"", "\"key\":\"other\"", StringComparison.Ordinal));

        Assert.Equal(DrillFault.Gone, (await Drills.StartAsync(Chief, Default)).Fault);
        Assert.Equal(DrillFault.Gone, (await Drills.StartAsync(Chief, new(null, AlarmLevel.Critical, 99, true))).Fault);
        await ImportAsync("""{"channels":[]}""");
        Assert.Equal(DrillFault.Nobody, (await Drills.StartAsync(Chief, new(null, AlarmLevel.Critical, null, true))).Fault);
        await StartAsync(Default);
        Assert.Equal(DrillFault.AlreadyOn, (await Drills.StartAsync(Chief, Default)).Fault);
        Assert.Equal(1, Portal.Database.Count("drill"));
    }

    [Fact]
    public async Task Link_Opened_ChangesNothing_AndPressed_Confirms()
    {
        await StartAsync(Default);
        var link = LinkOf(ToAnna());

        var page = await PageAsync(link);
        Assert.Contains("<form method=\"post\"", page);
        Assert.Contains("DRILL / ĆWICZENIA", WebUtility.HtmlDecode(page));
        Assert.DoesNotContain("<script", page);
        Assert.True(page.Length < 30_000, "a light page");
        Assert.Equal(0, Portal.Database.Count("drill_confirmation"));

        Time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(HttpStatusCode.SeeOther, await ConfirmAsync(link));
        Assert.Equal(HttpStatusCode.SeeOther, await ConfirmAsync(link));

        Assert.Contains("Thank you, it is confirmed", await PageAsync(link));
        Assert.Equal(
            [$"1|mail|{Anna}|127.0.0.1"], Portal.Database.Lines("SELECT drill_id, channel, address, \"from\" FROM drill_confirmation"));
        var line = (await RecordAsync()).Lines.Single(l => l.Delivery.Address == Anna);
        Assert.Equal(TimeSpan.FromSeconds(90), line.Took);
        Assert.Equal(
            [$"{(int)ActorKind.Link}|{Anna}|127.0.0.1|drill 1"],
            Portal.Database.Lines("SELECT actor_kind, actor, address, subject FROM audit_entry WHERE action = 'drill confirmed'"));
    }

    [Fact]
    public async Task Link_IsNoLinkToAcknowledge_AndTheOtherWayRound_AndIsInNoLog()
    {
        await StartAsync(Default);
        var code = LinkOf(ToAnna())["drill/".Length..];
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"answer/{code}"));

        await MeasureAsync(11);
        await SettleAsync();
        var alarm = Mail.Attempts.Last(m => m.EventType == "alarm.raised").Answer!.AbsolutePath["/answer/".Length..];
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"drill/{alarm}"));
        Assert.DoesNotContain(Portal.Log, line => line.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Links_Guessed_AreMadeToWait()
    {
        await StartAsync(Default);
        for (var i = 0; i < 20; i++)
        {
            await StatusAsync($"drill/guess{i}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(LinkOf(ToAnna())));
    }

    [Fact]
    public async Task Drill_OnceEverybodyHasConfirmed_EndsByItself()
    {
        await StartAsync(Default);
        foreach (var message in Mail.Attempts.Concat(_phone.Attempts))
        {
            Assert.True((await RecordAsync()).Drill.IsOn);
            await ConfirmAsync(LinkOf(message));
        }

        await PassUntilOverAsync();

        Assert.Null((await RecordAsync()).Drill.EndedBy);
        Assert.Equal(
            ["drill started|chain default; all at once; messages: 4", "drill ended|confirmations: 3"],
            Portal.Database.Lines("SELECT action, new FROM audit_entry WHERE action IN ('drill started', 'drill ended') ORDER BY id"));
    }

    [Fact]
    public async Task Drill_WhichNobodyConfirms_EndsAfterAnHour_AlsoAfterARestart()
    {
        await StartAsync(Default);
        await PassAsync(TimeSpan.FromMinutes(50));
        await RestartAsync();
        Assert.True((await RecordAsync()).Drill.IsOn);

        await PassUntilOverAsync();

        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(LinkOf(ToAnna())));
        Assert.All((await RecordAsync()).Lines, l => Assert.Null(l.ConfirmedUtc));
    }

    [Fact]
    public async Task Drill_EndedByHand_SendsNothingMore_AndItsLinksAreOver()
    {
        await StartAsync(Default with { IsAtOnce = false });

        Assert.True(await Drills.EndAsync(Chief, 1));
        Assert.False(await Drills.EndAsync(Chief, 1));
        await PassAsync(TimeSpan.FromHours(1));

        Assert.Single(Mail.Attempts);
        Assert.Empty(Hook.Attempts);
        Assert.Equal(3, Deliveries("drill_id = 1 AND state = 5 AND end = 1").Count);
        Assert.Equal(Chief.Name, (await RecordAsync()).Drill.EndedBy);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(LinkOf(ToAnna())));
    }

    /// <summary>No alarm, no life of one, and nothing for programs and walls to count.</summary>
    [Fact]
    public async Task Drill_TouchesNoAlarm_AndIsMarkedInTheLedger()
    {
        await StartAsync(Default);

        Assert.Equal((0, 0), (Portal.Database.Count("alarm"), Portal.Database.Count("alarm_event")));
        Assert.Empty(await Portal.AlarmsAsync());
        Assert.Equal(["11|0|1"], Portal.Database.Lines("SELECT DISTINCT event, alarm_id, drill_id FROM delivery"));
        Assert.All((await RecordAsync()).Lines, l => Assert.Equal("250 OK", l.Delivery.Answer));
    }

    /// <summary>Within a minute of the drill's message, and to the same person: at once, and by itself.</summary>
    [Fact]
    public async Task Alarm_DuringADrill_IsToldAsAlways()
    {
        await StartAsync(Default);

        await MeasureAsync(11);
        await SettleAsync();

        var told = Mail.Attempts.Where(m => m.EventType == "alarm.raised").Select(m => m.Recipient).ToList();
        Assert.Contains(Anna, told);
        Assert.All(Mail.Attempts.Where(m => m.EventType == "alarm.raised"), m => Assert.DoesNotContain("DRILL", m.Subject));
        Assert.True((await Portal.AlarmsAsync()).Single().Alarm.IsOpen);
    }

    [Fact]
    public async Task Drill_WhoseMailServerFails_SaysSo_AndHoldsNoAlarmBack()
    {
        Mail.Answer = (message, _) => Task.FromResult(
            message.EventType == "portal.drill" ? RecordingSender.TryAgain : RecordingSender.Accepted);
        await StartAsync(Default);

        await MeasureAsync(11);
        await Until.TrueAsync(() => Mail.Attempts.Any(m => m.EventType == "alarm.raised"));

        Assert.Contains((await RecordAsync()).Lines, l => l.Delivery is { Attempts: > 0, Answer: "451 greylisted" });
    }

    private OutgoingMessage ToAnna() => Mail.Attempts.First(m => m.Recipient == Anna);

    private static string LinkOf(OutgoingMessage message) => message.Answer!.AbsolutePath.TrimStart('/');

    private async Task StartAsync(DrillWish wish)
    {
        await ImportAsync(Document);
        Assert.Null((await Drills.StartAsync(Chief, wish)).Fault);
        await Until.TrueAsync(() => Deliveries("state IN (1, 2) AND next_utc <= $0", Time.GetUtcNow().ToUnixTimeMilliseconds()).Count == 0);
    }

    private async Task<DrillRecord> RecordAsync() =>
        (await Portal.Get<DrillQuery>().FindAsync(Efento.Portal.Devices.SiteScope.Everything, 1))!;

    private Task PassUntilOverAsync() => Until.TrueAsync(async () =>
    {
        Time.Advance(TimeSpan.FromSeconds(30));
        return !(await RecordAsync()).Drill.IsOn;
    });

    private HttpClient Phone() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Portal.Address };

    private async Task<string> PageAsync(string link)
    {
        using var phone = Phone();
        return await phone.GetStringAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> StatusAsync(string link)
    {
        using var phone = Phone();
        using var answer = await phone.GetAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> ConfirmAsync(string link)
    {
        using var phone = Phone();
        using var form = new FormUrlEncodedContent([]);
        using var answer = await phone.PostAsync(new Uri(link, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
