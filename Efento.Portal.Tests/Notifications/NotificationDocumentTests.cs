using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Tests.Devices.Administration;
using Efento.Portal.Tests.Support;
using Json.Schema;

namespace Efento.Portal.Tests.Notifications;

/// <summary>notifications.json: docs/notifications.md describes it, docs/notifications.schema.json is its schema.</summary>
public sealed partial class NotificationDocumentTests : AdministrationContext
{
    private const string Password = "a secret of the mail server";
    private const string Mail =
        """{"key":"mail","kind":"email","host":"127.0.0.1","port":25,"security":"none","from":"portal@site.example","user":"u","password":"a secret of the mail server"}""";

    private const string MailWithToken =
        """{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example","user":"u","tokenUrl":"https://login.example/token","clientId":"client","secret":"a secret of the client","scope":"mail.send"}""";

    private static readonly JsonSchema Schema = JsonSchema.FromText(RepositoryFiles.TextOf("docs/notifications.schema.json"));
    private static readonly string Example = ExampleOf().Match(RepositoryFiles.TextOf("docs/notifications.md")).Groups[1].Value;
    private static readonly ImmutableDictionary<string, string> Secrets =
        ImmutableDictionary<string, string>.Empty.Add("PORTAL_SECRET_MAIL", Password);

    private NotificationDocuments Documents => Portal.Get<NotificationDocuments>();

    private NotificationBook Book => Portal.Get<NotificationDirectory>().Book;

    [Fact]
    public async Task Import_ExampleOfTheDocumentation_IsTaken()
    {
        var outcome = await TakeAsync(Example);

        Assert.Empty(outcome.Faults);
        Assert.Equal(
            (Password, ChannelSecurity.StartTls, 587, "portal"),
            (Book.Channels["mail"].Settings!.Password, Book.Channels["mail"].Settings!.Security, Book.Channels["mail"].Settings!.Port,
                Book.Channels["mail"].Settings!.User));
        Assert.Equal("Cold chain", Book.Channels["hook"].Settings!.Headers["X-Team"]);
        Assert.Equal(("Europe/Warsaw", "22:00–06:00"), (Book.People["anna@site.example"].TimeZone, $"{Book.People["anna@site.example"].Quiet}"));
        Assert.Equal("bert@site.example", Book.Rotas["night"].OnDutyAt(new(2026, 12, 24, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal("night", Book.Chains.Single(c => c.Key == "default").Steps.All[2].OnDuty);
        Assert.Equal(1_800_000, Book.Chains.Single(c => c.Key == "default").RepeatMs);
        Assert.Equal(
            "Hospital › Ward 1",
            Portal.Get<LocationDirectory>().Tree.Find(Book.Chains.Single(c => c.Key == "ward").LocationId)!.Path);
    }

    /// <summary>The document from which the feature was agreed: what may be null or absent is.</summary>
    [Fact]
    public async Task Import_NullsAndAbsentFields_AreTaken() => Assert.Empty((await TakeAsync(
        """
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","port":25,"security":"none","from":"portal@site.example","user":null,"password":null},
          {"key":"hook","kind":"webhook","url":"https://site.example/hook","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","allowPrivateNetworks":false}],
        "people":[{"email":"anna@site.example","language":"en","channels":["mail"]}],
        "chains":[{"key":"default","place":"*","level":"warning","steps":[
          {"after":"0m","people":["anna@site.example"],"channels":["mail"]},{"after":"10m","channels":["hook"]}],"repeat":"30m"}]}
        """)).Faults);

    [Fact]
    public async Task Import_Export_ChangesNothing()
    {
        await TakeAsync(Example);
        var export = await Documents.ExportAsync();

        var again = await TakeAsync(export);

        Assert.Empty(again.Faults);
        Assert.Empty(again.Changes);
        Assert.Equal(export, await Documents.ExportAsync());
        Assert.Empty((await TakeAsync(Example)).Changes);
        Assert.Equal(Password, Book.Channels["mail"].Settings!.Password);
    }

    [Fact]
    public async Task Export_IsValidByTheSchema()
    {
        Assert.True(IsValid(await Documents.ExportAsync()), "nothing");
        Assert.True(IsValid(Example), "the example");
        await TakeAsync(Example);

        Assert.True(IsValid(await Documents.ExportAsync()), "the example's export");
    }

    [Fact]
    public async Task Secrets_AreNeitherExportedNorAuditedNorReadable()
    {
        await TakeAsync(Example);
        string[] secrets = [Password, "whsec_MfKQ", "Cold chain", "hooks.slack.com", "webhook.office.com"];

        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, Documents.ExportAsync().Result);
            Assert.DoesNotContain(Portal.Database.Everything(), line => line.Contains(secret, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("\"user\":\"u\"", "\"user\":\"v\"", "channels[0].password SecretAgain")]
    [InlineData("127.0.0.1", "elsewhere.example", "channels[0].password SecretAgain")]
    [InlineData("\"from\":\"portal@", "\"from\":\"other@", null)]
    public async Task Secrets_Stay_UnlessTheChannelLeadsElsewhere(string before, string after, string? fault)
    {
        await TakeAsync($$"""{"channels":[{{Mail}}]}""");
        var without = Mail.Replace($",\"password\":\"{Password}\"", "", StringComparison.Ordinal).Replace(before, after, StringComparison.Ordinal);

        var outcome = await TakeAsync($$"""{"channels":[{{without}}]}""");

        Assert.Equal(fault is null ? [] : [fault], outcome.Faults.Select(InWords));
        Assert.Equal(Password, Book.Channels["mail"].Settings!.Password);
        Assert.Equal(fault is null, Book.Channels["mail"].Settings!.From is "other@site.example");
    }

    /// <summary>The password of one provider of text messages is never sent to another.</summary>
    [Theory]
    [InlineData("\"template\":\"smsapi\"", "channels[0].password SecretAgain")]
    [InlineData("\"template\":\"Twilio\"", null)]
    public async Task Secrets_OfTextMessages_Stay_UnlessTheProviderIsAnother(string template, string? fault)
    {
        const string channel = """{"key":"sms","kind":"sms","template":"twilio","to":"+48600100200","user":"AC1","password":"a token"}""";
        await TakeAsync($$"""{"channels":[{{channel}}]}""");
        var without = channel.Replace(",\"password\":\"a token\"", "", StringComparison.Ordinal)
            .Replace("\"template\":\"twilio\"", template, StringComparison.Ordinal);

        var outcome = await TakeAsync($$"""{"channels":[{{without}}]}""");

        Assert.Equal(fault is null ? [] : [fault], outcome.Faults.Select(InWords));
        Assert.Equal("a token", Book.Channels["sms"].Settings!.Password);
    }

    [Fact]
    public async Task Import_TextMessagesAndMqtt_HaveTheirFields()
    {
        await TakeAsync(Example);

        var (sms, broker) = (Book.Channels["duty-phone"].Settings!, Book.Channels["broker"].Settings!);
        Assert.Equal(
            ("twilio", "+48 600 100 200", "+15005550006", "AC12", Password), (sms.Template, sms.To, sms.From, sms.User, sms.Password));
        Assert.Equal(
            ("mqtt.site.example", ChannelSecurity.Tls, "site/portal", "portal"),
            (broker.Host, broker.Security, broker.Template, broker.User));
    }

    /// <summary>A mail server is shown either a password or a token: what the channel needs no more is forgotten.</summary>
    [Fact]
    public async Task Import_MailWithToken_TakesThePlaceOfThePassword()
    {
        await TakeAsync($$"""{"channels":[{{Mail}}]}""");

        Assert.Empty((await TakeAsync($$"""{"channels":[{{MailWithToken}}]}""")).Faults);

        var its = Book.Channels["mail"].Settings!;
        Assert.Equal(
            ("https://login.example/token", "client", "a secret of the client", "mail.send", null),
            (its.TokenUrl, its.ClientId, its.Secret, its.Scope, its.Password));
        var export = await Documents.ExportAsync();
        Assert.DoesNotContain("a secret of the client", export);
        Assert.True(IsValid(export), export);
        Assert.Empty((await TakeAsync(export)).Changes);
        Assert.Empty((await TakeAsync($$"""{"channels":[{{Mail}}]}""")).Faults);
        Assert.Null(Book.Channels["mail"].Settings!.Secret);
    }

    [Theory]
    [InlineData("login.example", "elsewhere.example", "channels[0].secret SecretAgain")]
    [InlineData("\"clientId\":\"client\"", "\"clientId\":\"other\"", "channels[0].secret SecretAgain")]
    [InlineData("https://login", "http://login", "channels[0].tokenUrl TokenUrl")]
    [InlineData("\"clientId\":\"client\",", "", "channels[0].clientId Missing")]
    [InlineData("\"user\":\"u\",", "", "channels[0].user Missing")]
    [InlineData("\"scope\"", "\"password\":\"x\",\"scope\"", "channels[0].password FieldUnknown")]
    public async Task Import_MailWithToken_ThatIsWrong_IsNotTaken(string before, string after, string fault)
    {
        await TakeAsync($$"""{"channels":[{{MailWithToken}}]}""");
        var without = MailWithToken.Replace(",\"secret\":\"a secret of the client\"", "", StringComparison.Ordinal)
            .Replace(before, after, StringComparison.Ordinal);

        Assert.Equal([fault], (await TakeAsync($$"""{"channels":[{{without}}]}""")).Faults.Select(InWords));
    }

    [Fact]
    public async Task Import_MailWithToken_NeedsItsSecret() => Assert.Equal(
        ["channels[0].secret Missing"],
        (await TakeAsync(
            $$"""{"channels":[{{MailWithToken.Replace(",\"secret\":\"a secret of the client\"", "", StringComparison.Ordinal)}}]}"""))
        .Faults.Select(InWords));

    [Fact]
    public async Task Secrets_Null_AreRemoved_AndAnotherOneIsAChange()
    {
        await TakeAsync($$"""{"channels":[{{Mail}}]}""");

        var other = await TakeAsync($$"""{"channels":[{{Mail.Replace(Password, "another", StringComparison.Ordinal)}}]}""");
        Assert.Equal(NotificationChangeKind.Changed, Assert.Single(other.Changes).What);
        Assert.DoesNotContain("another", other.Changes[0].InWords());

        await TakeAsync($$"""{"channels":[{{Mail.Replace($"\"{Password}\"", "null", StringComparison.Ordinal)}}]}""");
        Assert.Null(Book.Channels["mail"].Settings!.Password);
    }

    [Fact]
    public async Task Import_ManyFaults_NamesEachWithItsPath_AndChangesNothing()
    {
        var faults = (await TakeAsync(
            """
            {"channels":[
              {"key":"mail","kind":"email","port":"x","from":"nobody","security":"ssl","url":"https://a.example"},
              {"key":"mail","kind":"webhook","url":"ftp://a.example","secret":"short","headers":[]},
              {"key":"a b","kind":"email","host":"h","from":"p@a.example","password":"env:HOME"},
              {"key":"c","kind":"email","host":"h","from":"p@a.example","password":"env:PORTAL_SECRET_NONE"},
              {"key":"d","kind":"pigeon"}, {"key":"e","kind":"slack"}, 7],
            "people":[{"email":"anna","language":"xx","channels":["gone",1]},{"email":"b@a.example"},{"email":"B@a.example"}],
            "chains":[{"key":"x","place":{},"level":"all","steps":[{"after":"soon"},{"after":"8d","people":["gone@a.example"]}],"repeat":"5s"},
              {"key":"y","place":"*","level":"warning","steps":[]},
              {"key":"z","place":"*","level":"warning","steps":[{"channels":["c"]},{}]}],
            "version":2}
            """)).Faults.Select(InWords).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "chains[0].level OneOf", "chains[0].place PlaceForm", "chains[0].repeat Repeat", "chains[0].steps[0].after Duration",
                "chains[0].steps[1].after Duration", "chains[0].steps[1].people[0] PersonUnknown", "chains[1].steps Empty",
                "chains[2].steps[0].people PeopleNeeded", "chains[2].steps[1] NobodyAtStep",
                "channels[0].from Mail", "channels[0].host Missing", "channels[0].port Port", "channels[0].security OneOf",
                "channels[0].url FieldUnknown", "channels[1].headers Headers", "channels[1].key KeyTwice", "channels[1].secret SigningSecret",
                "channels[1].url ChannelUrl", "channels[2].key Key", "channels[2].password EnvName", "channels[3].password EnvMissing",
                "channels[4].kind OneOf", "channels[6] NoObject", "channels[6].key Missing", "channels[6].kind OneOf",
                "people[0].channels[0] ChannelUnknown", "people[0].channels[1] Text", "people[0].email Mail", "people[0].language OneOf",
                "people[2].email KeyTwice", "version FieldUnknown",
            ],
            faults);
        Assert.True(Book.IsEmpty);
    }

    [Theory]
    [InlineData("""{"chains":[]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"email","host":"h"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"email","host":"h","from":"p@a.example","colour":"red"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"email","host":"h","from":"p@a.example","password":"env:HOME"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"webhook","url":"ftp://a.example"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"pigeon"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"sms","template":"twilio","user":"AC1"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"sms","template":"twilio","user":"AC1","to":"the ward"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"sms","template":"message={text}","url":"https://a.example","to":"+48600100200"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"mqtt"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"mqtt","host":"h","security":"starttls"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"mqtt","host":"h","topic":"site/#"}]}""")]
    [InlineData("""{"channels":[{"key":"a","kind":"mqtt","host":"h","from":"p@a.example"}]}""")]
    [InlineData("""{"channels":[],"people":[{"email":"anna"}]}""")]
    [InlineData("""{"channels":[],"people":[{"email":"anna@a.example","language":"xx"}]}""")]
    [InlineData("""{"channels":[],"people":[{"email":"anna@a.example","temperature":"K"}]}""")]
    [InlineData("""{"channels":[],"people":[{"email":"anna@a.example","quiet":{"from":"25:00","to":"06:00"}}]}""")]
    [InlineData("""{"channels":[],"people":[{"email":"anna@a.example","quiet":{"from":"22:00"}}]}""")]
    [InlineData("""{"channels":[],"rotas":[{"key":"x","zone":"Europe/Warsaw","from":"2026-06-15","handOver":"08:00","people":[]}]}""")]
    [InlineData("""{"channels":[],"rotas":[{"key":"x","zone":"Europe/Warsaw","from":"15.6.2026","handOver":"08:00","people":["a@a.example"]}]}""")]
    [InlineData("""{"channels":[],"chains":[{"key":"x","place":"*","level":"warning","steps":[]}]}""")]
    [InlineData("""{"channels":[],"chains":[{"key":"x","place":"*","level":"warning","steps":[{}]}]}""")]
    public async Task Schema_WhatIsRefused_IsNotValid(string document)
    {
        Assert.NotEmpty((await TakeAsync(document)).Faults);
        Assert.False(IsValid(document));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"channels":[],"channels":[]}""")]
    public async Task Import_NoDocument_IsRefused(string document) => Assert.NotEmpty((await TakeAsync(document)).Faults);

    [Fact]
    public async Task Import_FaultsOfPeopleAndRotas_NamesEachWithItsPath()
    {
        var faults = (await TakeAsync(
            """
            {"channels":[{"key":"mail","kind":"email","host":"h","from":"p@a.example"}],
            "people":[{"email":"a@a.example","zone":"Mars/Olympus","temperature":"K","pressure":"bar","quiet":{"from":"22:00","to":"22:00"}},
              {"email":"b@a.example","quiet":{"from":"late","at":1}}],
            "rotas":[{"key":"n","zone":"Mars","from":"tomorrow","handOver":"24:00","people":["c@a.example"],
                "days":[{"day":"2026-12-24","person":"a@a.example"},{"day":"2026-12-24","person":"d@a.example"},{}]},
              {"key":"n","zone":"UTC","from":"2026-06-15","handOver":"08:00","people":[]}],
            "chains":[{"key":"c","place":"*","level":"warning","steps":[{"onDuty":"gone"}]}]}
            """)).Faults.Select(InWords).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "chains[0].steps[0].onDuty RotaUnknown", "people[0].pressure OneOf", "people[0].quiet.to QuietEmpty",
                "people[0].temperature OneOf", "people[0].zone Zone", "people[1].quiet.at FieldUnknown", "people[1].quiet.from DayTime",
                "people[1].quiet.to Missing", "rotas[0].days[1].day KeyTwice", "rotas[0].days[2].day Missing",
                "rotas[0].days[2].person Missing", "rotas[0].from Day", "rotas[0].handOver DayTime", "rotas[0].people[0] PersonUnknown",
                "rotas[0].zone Zone", "rotas[1].key KeyTwice", "rotas[1].people Empty",
            ],
            faults);
    }

    /// <summary>A location can be deleted when nothing lies in it, so that its chain tells nobody.</summary>
    [Fact]
    public async Task Chain_WhoseLocationWasDeleted_TellsNobody_AndTheExportCanBeImported()
    {
        await TakeAsync(Example);
        var ward = Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == "Ward 1");
        Assert.Equal(
            LocationOutcome.Done, await Portal.Get<LocationDecisions>().DeleteAsync(Anna, new Seen(ward.Id, ward.Version)));

        var export = await Documents.ExportAsync();
        var outcome = await TakeAsync(export);

        Assert.Empty(outcome.Faults);
        Assert.DoesNotContain("\"ward\"", export);
        Assert.Equal("chain ward", Assert.Single(outcome.Changes).Subject);
        Assert.Equal(["default"], Book.Chains.Select(c => c.Key));
    }

    [Fact]
    public async Task Import_FaultInTheLastChain_ChangesNothing()
    {
        var deep = string.Join('/', Enumerable.Repeat("a", Location.MostLevels + 1));
        var outcome = await TakeAsync(
            $$"""{"channels":[{"key":"hook","kind":"webhook","url":"https://a.example"}],"chains":[{"key":"new","place":"New","level":"warning","steps":[{"channels":["hook"]}]},{"key":"deep","place":"{{deep}}","level":"warning","steps":[{"channels":["hook"]}]}]}""");

        Assert.Equal(["chains[1].place Path"], outcome.Faults.Select(InWords));
        Assert.True(Book.IsEmpty);
        Assert.Empty(Portal.Get<LocationDirectory>().Tree.All);
        Assert.Equal(0, Portal.Database.Count("location"));
    }

    [Fact]
    public async Task Import_DryRun_TellsAndChangesNothing()
    {
        var outcome = await Documents.ImportAsync(Anna, Encoding.UTF8.GetBytes(Example), Secrets, isTrial: true);

        Assert.Equal(13, outcome.Changes.Count);
        Assert.True(Book.IsEmpty);
        Assert.Equal((0, 0), (Portal.Database.Count("notification_channel"), Portal.Database.Count("location")));
    }

    [Fact]
    public async Task Import_IsAudited_OrFails()
    {
        BreakAudit();
        await Assert.ThrowsAnyAsync<Exception>(() => TakeAsync(Example));
        Assert.Equal(0, Portal.Database.Count("notification_channel"));

        Portal.Database.Execute("DROP TRIGGER audit_breaks");
        await TakeAsync(Example);
        await TakeAsync("""{"channels":[]}""");

        Assert.Equal(13, Audited(NotificationAudit.Made).Count);
        Assert.Equal(13, Audited(NotificationAudit.Removed).Count);
        Assert.True(Book.IsEmpty);
    }

    [Fact]
    public async Task Import_SaysWhoWouldBeToldNothing()
    {
        await TakeAsync(Example);
        await AccountAsync("anna@site.example", new LocationLimit([OfName("Hospital")]));
        Assert.Equal(LocationOutcome.Done, await Portal.Get<LocationDecisions>().CreateAsync(Anna, null, "Office"));
        await AccountAsync("BERT@site.example", new LocationLimit([OfName("Office")]));

        var outcome = await TakeAsync(Example);

        Assert.Equal([new Unheard("bert@site.example", "ward", UnheardReason.SeesNothing)], outcome.Unheard);
    }

    [Fact]
    public async Task Vault_KeysGone_SaysSo()
    {
        await TakeAsync($$"""{"channels":[{{Mail}}]}""");
        Portal.Database.Execute("UPDATE notification_channel SET secrets = 'gone'");
        await Portal.Get<NotificationDirectory>().ReloadAsync();

        Assert.Null(Book.Channels["mail"].Settings);
        Assert.Equal(["channels[0] Undecryptable"], (await TakeAsync(await Documents.ExportAsync())).Faults.Select(InWords));
        Assert.Empty((await TakeAsync($$"""{"channels":[{{Mail}}]}""")).Faults);
        Assert.Equal(Password, Book.Channels["mail"].Settings!.Password);
    }

    [Fact]
    public void Faults_AllHaveWords() => Assert.All(
        Enum.GetValues<NotificationFaultKind>(),
        kind => Assert.NotEmpty(NotificationFaultWords.InWords(new(kind, "channels[0]", "x"))));

    private static string InWords(NotificationFault fault) => $"{fault.Path} {fault.Kind}";

    private static bool IsValid(string document) => Schema.Evaluate(JsonNode.Parse(document)).IsValid;

    private Task<NotificationOutcome> TakeAsync(string document) =>
        Documents.ImportAsync(Anna, Encoding.UTF8.GetBytes(document), Secrets, isTrial: false);

    private int OfName(string location) => Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == location).Id;

    private async Task AccountAsync(string address, LocationLimit limit) => Assert.Empty(
        await Portal.Get<UserAccounts>().AddAsync(Actor.Command, address, PortalUnderTest.AdminPassword, Role.Viewer, limit));

    [GeneratedRegex(@"```json\s+(\{\s+""channels"".*?)```", RegexOptions.Singleline)]
    private static partial Regex ExampleOf();
}
