using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Watching;
using Efento.Portal.Tests.Devices.Administration;
using Efento.Portal.Tests.Support;
using Json.Schema;

namespace Efento.Portal.Tests.Notifications.Watching;

/// <summary>What notifications.json says of how others know that the portal watches.</summary>
public sealed class WatchingDocumentTests : AdministrationContext
{
    private const string Whole = """
        {"channels":[],"people":[{"email":"anna@site.example"}],
        "watching":{"mail":{"at":"07:00","zone":"Europe/Warsaw","people":["anna@site.example"]},
          "deadMan":{"url":"https://ping.example/7f3a","method":"POST","every":"10m","allowPrivateNetworks":true}}}
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromText(RepositoryFiles.TextOf("docs/notifications.schema.json"));

    private NotificationDocuments Documents => Portal.Get<NotificationDocuments>();

    private OpenedWatching? Watching => Portal.Get<NotificationDirectory>().Book.Watching;

    [Fact]
    public async Task Import_Export_KeepsAllButTheSecret_AndChangesNothing()
    {
        Assert.Empty((await TakeAsync(Whole)).Faults);
        Assert.True(IsValid(Whole), "what was imported");

        var export = await Documents.ExportAsync();
        var again = await TakeAsync(export);

        Assert.True(IsValid(export), "what was exported");
        Assert.Empty(again.Faults);
        Assert.Empty(again.Changes);
        Assert.Contains("\"every\": \"10m\"", export);
        Assert.DoesNotContain("ping.example", export);
        Assert.Equal("https://ping.example/7f3a", Watching!.Url);
        Assert.DoesNotContain(Portal.Database.Everything(), line => line.Contains("7f3a", StringComparison.Ordinal));
        Assert.Empty((await TakeAsync(Whole)).Changes);
    }

    [Fact]
    public async Task Import_WithoutIt_SwitchesItOff()
    {
        await TakeAsync(Whole);

        var outcome = await TakeAsync("""{"channels":[]}""");

        Assert.Contains(outcome.Changes, c => c is { What: NotificationChangeKind.Removed, Subject: "watching" });
        Assert.Null(Watching);
    }

    [Fact]
    public async Task Import_AnotherAddress_IsAudited_WithoutTheSecret()
    {
        await TakeAsync(Whole);

        var outcome = await TakeAsync(Whole.Replace("7f3a", "8b21", StringComparison.Ordinal));

        Assert.Equal(
            "watching: mail at 07:00 Europe/Warsaw to anna@site.example; calls ping.example every 10m with POST, private networks allowed"
            + " → mail at 07:00 Europe/Warsaw to anna@site.example; calls ping.example every 10m with POST, private networks allowed"
            + " (another address)",
            Assert.Single(outcome.Changes).InWords());
    }

    [Theory]
    [InlineData("""{"mail":{"at":"7","people":["anna@site.example"]}}""", "watching.mail.at DayTime")]
    [InlineData("""{"mail":{"at":"07:00","people":[]}}""", "watching.mail.people Empty")]
    [InlineData("""{"mail":{"people":["anna@site.example"]}}""", "watching.mail.at Missing")]
    [InlineData("""{"deadMan":{"url":"ftp://ping.example","every":"5m"}}""", "watching.deadMan.url ChannelUrl")]
    [InlineData("""{"deadMan":{"url":"https://ping.example","every":"5s"}}""", "watching.deadMan.every Repeat", true)]
    [InlineData("""{"deadMan":{"url":"https://ping.example"}}""", "watching.deadMan.every Missing")]
    [InlineData("""{"deadMan":{"url":"https://ping.example","every":"5m","method":"PUT"}}""", "watching.deadMan.method OneOf")]
    [InlineData("""{"deadMan":{"url":"https://ping.example","every":"5m","colour":"red"}}""", "watching.deadMan.colour FieldUnknown")]
    [InlineData("""{"deadMan":{"every":"5m"}}""", "watching.deadMan.url Missing", true)]
    [InlineData("""{"mail":{"at":"07:00","people":["gone@site.example"]}}""", "watching.mail.people[0] PersonUnknown", true)]
    [InlineData("""{"sms":{}}""", "watching.sms FieldUnknown")]
    public async Task Import_Fault_IsNamedWithItsPath(string watching, string fault, bool isValidBySchema = false)
    {
        var document = $$"""{"channels":[],"people":[{"email":"anna@site.example"}],"watching":{{watching}}}""";

        Assert.Equal([fault], (await TakeAsync(document)).Faults.Select(f => $"{f.Path} {f.Kind}"));
        Assert.Equal(isValidBySchema, IsValid(document));
        Assert.Null(Watching);
    }

    [Fact]
    public async Task Edit_OnThePage_KeepsTheSecret_AndRefusesWhatSomebodyElseChanged()
    {
        await TakeAsync(Whole);
        var edits = Portal.Get<NotificationEdits>();
        var seen = (await edits.ReadAsync()).Watching!;
        var wanted = new NotificationEntry(seen.Json.DeepClone().AsObject());
        wanted.Json["mail"]!["at"] = "08:00";

        Assert.True((await edits.SaveWatchingAsync(Anna, seen, wanted)).IsDone);
        Assert.Equal((480, "https://ping.example/7f3a"), (Watching!.Row.MailMinute, Watching.Url));
        Assert.True((await edits.SaveWatchingAsync(Anna, seen, wanted)).IsTooLate);

        wanted.Json["mail"]!["at"] = "8";
        var refused = await edits.SaveWatchingAsync(Anna, (await edits.ReadAsync()).Watching, wanted);
        Assert.Equal("mail.at", Assert.Single(refused.Faults).Path);

        Assert.True((await edits.SaveWatchingAsync(Anna, (await edits.ReadAsync()).Watching, NotificationEntry.None)).IsDone);
        Assert.Null(Watching);
    }

    private static bool IsValid(string document) => Schema.Evaluate(JsonNode.Parse(document)).IsValid;

    private Task<NotificationOutcome> TakeAsync(string document) => Documents.ImportAsync(
        Anna, Encoding.UTF8.GetBytes(document), ImmutableDictionary<string, string>.Empty, isTrial: false);
}
