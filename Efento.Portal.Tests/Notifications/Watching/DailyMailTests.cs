using Efento.Portal.Access;
using Efento.Portal.Alarms.People;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Outgoing;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications.Watching;

/// <summary>The mail of a day says how the site stands: once a day, to those who are chosen.</summary>
public sealed class DailyMailTests : NotificationContext
{
    private const string AtNoon = $$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example"},
          {"key":"hook","kind":"webhook","url":"https://site.example/hook"}],
        "people":[{"email":"{{Anna}}","language":"en","zone":"UTC"},{"email":"{{Bert}}","language":"pl","zone":"UTC"}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[{"channels":["hook"]}]}],
        "watching":{"mail":{"at":"12:00","zone":"UTC","people":["{{Anna}}","{{Bert}}"] } } }
        """;

    [Fact]
    public async Task Mail_ComesOnceADay_ToEachWhoIsChosen()
    {
        await ImportAsync(AtNoon);

        await PassUntilAsync(() => Mail.Attempts.Count == 2);
        Assert.Equal([Anna, Bert], Mail.Attempts.Select(m => m.Recipient).Order(StringComparer.Ordinal));
        Assert.Equal((2026, 6, 17, 12), At(Mail.Attempts[0].AtUtc));

        await PassUntilAsync(() => Mail.Attempts.Count == 4);
        Assert.Equal((2026, 6, 18, 12), At(Mail.Attempts[3].AtUtc));
    }

    [Fact]
    public async Task Mail_AfterARestart_IsNotSentAgain_AndOneThatWasMissedComes()
    {
        await ImportAsync(AtNoon);
        await PassUntilAsync(() => Mail.Attempts.Count == 2);

        await RestartAsync();
        await PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, Mail.Attempts.Count);

        await RestartAsync(() => Time.Advance(TimeSpan.FromDays(1)));
        await PassUntilAsync(() => Mail.Attempts.Count == 4);
        Assert.Equal((2026, 6, 18, 13), At(Mail.Attempts[3].AtUtc));
    }

    /// <summary>Whoever asks in the afternoon for a mail at noon, or moves it, does not get two in a day.</summary>
    [Fact]
    public async Task Mail_AskedForAfterItsTime_OrMoved_ComesTomorrow()
    {
        Time.Advance(TimeSpan.FromHours(5));
        await ImportAsync(AtNoon);
        await ImportAsync(AtNoon.Replace("12:00", "15:00", StringComparison.Ordinal));

        await PassUntilAsync(() => Mail.Attempts.Count == 2);

        Assert.Equal((2026, 6, 18, 15), At(Mail.Attempts[0].AtUtc));
        await ImportAsync(AtNoon.Replace("12:00", "18:00", StringComparison.Ordinal));
        await PassUntilAsync(() => Mail.Attempts.Count == 4);
        Assert.Equal((2026, 6, 19, 18), At(Mail.Attempts[3].AtUtc));
    }

    [Fact]
    public async Task Mail_SaysHowTheSiteStands_InTheLanguageOfItsReader()
    {
        await ImportAsync(AtNoon);
        var alarm = await MeasureAsync(11);
        await Portal.Get<AlarmActions>().TakeOnAsync(
            SiteScope.Everything, new Actor(ActorKind.Person, "chief@site.example"), new SeenAlarm(alarm!.Alarm.Id));

        await PassUntilAsync(() => Mail.Attempts.Count == 2);

        var (english, polish) = (Mail.Attempts.Single(m => m.Recipient == Anna), Mail.Attempts.Single(m => m.Recipient == Bert));
        Assert.Equal("I am watching: Efento Portal: 1 point, 1 alarm that nobody has acknowledged", english.Subject);
        Assert.Contains("1 with a critical alarm", english.Text);
        Assert.Contains("– chief@site.example is on it", english.Text);
        Assert.Contains($"Longest without a new value: {Serial}, last measured on 17 Jun 2026, 09:14 UTC", english.Text);
        Assert.Contains("No channel fails.", english.Text);
        var head = Portal.Database.Lines("SELECT id, lower(hex(hash)) FROM audit_entry ORDER BY id DESC LIMIT 1")[0].Split('|');
        Assert.Contains($"Audit trail: {head[0]} entries, the last one has the hash {head[1]}", english.Text);
        Assert.Equal("Czuwam: Efento Portal: 1 punkt, 1 niepotwierdzony alarm", polish.Subject);
        Assert.Contains("– zajmuje się tym chief@site.example", polish.Text);
    }

    [Fact]
    public async Task Mail_IsInTheLedger_AndReplacesYesterdaysThatWaits()
    {
        await ImportAsync(AtNoon);
        Mail.AnswerWith(RecordingSender.TryAgain);
        await PassUntilAsync(() => Mail.Attempts.Count >= 2);
        await PassAsync(TimeSpan.FromHours(2));
        Assert.Contains("The daily mail did not reach everybody", await Portal.HealthAsync());

        Mail.AnswerWith(RecordingSender.Accepted);
        await Portal.TellAsync(AtNoon.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal));
        await PassUntilAsync(() => Deliveries("state = 3").Count >= 2);
        Assert.All(Deliveries("state = 3"), line => Assert.StartsWith("10|mail|", line));
        Assert.Equal(["0"], Portal.Database.Lines("SELECT DISTINCT alarm_id FROM delivery WHERE event = 10"));
    }

    [Fact]
    public async Task Mail_WhileItWaits_HoldsNoAlarmBack()
    {
        await ImportAsync(AtNoon.Replace("{\"channels\":[\"hook\"]}", $"{{\"people\":[\"{Anna}\"]}}", StringComparison.Ordinal));
        Mail.Answer = (message, _) => Task.FromResult(
            message.EventType == "portal.watching" ? RecordingSender.TryAgain : RecordingSender.Accepted);
        await PassUntilAsync(() => Mail.Attempts.Count >= 2);

        await MeasureAsync(11);

        await Until.TrueAsync(() => Deliveries("event = 1 AND state = 3").Count == 1);
    }

    private static (int Year, int Month, int Day, int Hour) At(DateTime time) => (time.Year, time.Month, time.Day, time.Hour);

    private Task PassUntilAsync(Func<bool> condition) => Until.TrueAsync(() =>
    {
        Time.Advance(TimeSpan.FromMinutes(2));
        return condition();
    });
}
