using System.Globalization;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Components.Words;
using Efento.Portal.Configuration;
using Efento.Portal.Measurements;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Sending;
using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Tests.Notifications;

/// <summary>What messages say, in both languages.</summary>
public sealed class MessageTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData(DeliveryEvent.Raised, "Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Rose, "Got worse: Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Repeated, "Still on: Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Flapping, "Again and again: Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.TakenOn, "Anna is on it: Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Acknowledged, "Acknowledged: Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Ended, "Over: Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Withdrawn, "Withdrawn: Critical: Fridge 3: Temperature above 8.0 °C: 11.2 °C, since 17 Jun 2026, 11:14 UTC+2")]
    public void English_SubjectAndFirstLine_SayAll(DeliveryEvent its, string expected)
    {
        var message = Write(its, "en");

        Assert.Equal(expected, Plain(message.Subject));
        Assert.Equal(expected, Plain(message.Text.Split('\n')[0]));
        Assert.Equal($"alarm.{JsonNamingPolicy.CamelCase.ConvertName(its.ToString())}", message.EventType);
    }

    [Theory]
    [InlineData(DeliveryEvent.Raised, "Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Rose, "Pogorszyło się: Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Repeated, "Nadal trwa: Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Flapping, "Wciąż powraca: Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.TakenOn, "Anna już się tym zajmuje: Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Acknowledged, "Potwierdzono: Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Ended, "Zakończono: Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    [InlineData(DeliveryEvent.Withdrawn, "Wycofano: Krytyczny: Fridge 3: Temperatura powyżej 8,0 °C: 11,2 °C, od 17 cze 2026, 11:14 UTC+2")]
    public void Polish_SubjectAndFirstLine_SayAll(DeliveryEvent its, string expected) =>
        Assert.Equal(expected, Plain(Write(its, "pl").Subject));

    [Fact]
    public void Rest_SaysWhereWhoAndUntilWhen()
    {
        var alarm = AlarmOf();
        (alarm.EndedMs, alarm.AcknowledgedUtc, alarm.AcknowledgedBy, alarm.Comment) =
            (Some.Start.AddMinutes(30).ToUnixTimeMilliseconds(), Some.Start, "anna@site.example", "Moved the goods");

        var message = Write(DeliveryEvent.Ended, "en", alarm: alarm);

        Assert.Equal(
            ["Where: Hospital › Ward 1", "It ended on 17 Jun 2026, 11:44 UTC+2.", "Acknowledged by anna@site.example: Moved the goods"],
            message.Text.Split('\n')[1..]);
    }

    /// <summary>In the night on which clocks are put back, an hour comes twice.</summary>
    [Theory]
    [InlineData("Europe/Warsaw", "2026-10-25T00:30:00Z", "25 Oct 2026, 02:30 UTC+2")]
    [InlineData("Europe/Warsaw", "2026-10-25T01:30:00Z", "25 Oct 2026, 02:30 UTC+1")]
    [InlineData("Europe/Warsaw", "2026-03-29T00:59:00Z", "29 Mar 2026, 01:59 UTC+1")]
    [InlineData("Europe/Warsaw", "2026-03-29T01:00:00Z", "29 Mar 2026, 03:00 UTC+2")]
    [InlineData("America/St_Johns", "2026-01-10T12:00:00Z", "10 Jan 2026, 08:30 UTC\u22123:30")]
    [InlineData("Asia/Kathmandu", "2026-01-10T12:00:00Z", "10 Jan 2026, 17:45 UTC+5:45")]
    [InlineData("Pacific/Kiritimati", "2026-01-10T12:00:00Z", "11 Jan 2026, 02:00 UTC+14")]
    [InlineData("UTC", "2026-01-10T12:00:00Z", "10 Jan 2026, 12:00 UTC")]
    public void At_NamesTheZoneOfTheReader(string zone, string at, string expected)
    {
        var time = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

        Assert.Equal(expected, new Reader(Languages.Find("en"), new(), TimeZoneInfo.FindSystemTimeZoneById(zone)).At(time));
        Assert.EndsWith(
            expected[expected.IndexOf(',', StringComparison.Ordinal)..],
            new Reader(Languages.Find("pl"), new(), TimeZoneInfo.FindSystemTimeZoneById(zone)).At(time));
    }

    [Fact]
    public void Units_AreThoseOfTheReader()
    {
        var message = Write(DeliveryEvent.Raised, "en", units: new(TemperatureUnit.Fahrenheit, default));

        Assert.Contains("above 46.4 °F: 52.2 °F", Plain(message.Subject));
    }

    [Fact]
    public void Link_IsMadeFromThePublicAddress_OrThereIsNone()
    {
        Assert.Null(Write(DeliveryEvent.Raised, "en").Link);
        Assert.DoesNotContain("http", Write(DeliveryEvent.Raised, "en").Text);

        var message = Write(DeliveryEvent.Raised, "en", publicAddress: "https://portal.example.com");

        Assert.Equal("https://portal.example.com/alarms/12", message.Link!.AbsoluteUri);
        Assert.EndsWith("Open the alarm: https://portal.example.com/alarms/12", message.Text);
        Assert.Contains("<a href=\"https://portal.example.com/alarms/12\">Open the alarm</a>", message.Html);
    }

    [Fact]
    public void Answer_IsBesideTheLink_WithWordsThatSayHowLongItWorks()
    {
        var message = Write(
            DeliveryEvent.Raised, "en", publicAddress: "https://portal.example.com", answer: new("https://portal.example.com/answer/code"));

        Assert.EndsWith(
            "Open the alarm: https://portal.example.com/alarms/12\n"
                + "Acknowledge it without signing in, within 72 hours: https://portal.example.com/answer/code",
            message.Text);
        Assert.Contains("<a href=\"https://portal.example.com/answer/code\">Acknowledge</a>", message.Html);
        Assert.Equal("https://portal.example.com/answer/code", message.Answer!.AbsoluteUri);
        Assert.DoesNotContain("answer/code", message.Json);
    }

    [Fact]
    public void Flapping_SaysWhatIsToldFromThenOn() =>
        Assert.Contains("only if it lasts for 2 minutes", Write(DeliveryEvent.Flapping, "en").Text);

    [Fact]
    public void Names_AreData_EverywhereTheyAreSaid()
    {
        var message = Write(DeliveryEvent.Raised, "en", name: "<b>\"Fridge\"\r\nBcc: all@site.example");

        Assert.DoesNotContain(message.Subject, char.IsControl);
        Assert.DoesNotContain("<b>", message.Html);
        Assert.Contains("&lt;b&gt;&quot;Fridge&quot;", message.Html);
        Assert.Equal(
            "<b>\"Fridge\"\r\nBcc: all@site.example",
            JsonElement.Parse(message.Json).GetProperty("data").GetProperty("alarm").GetProperty("point").GetProperty("name").GetString());
    }

    [Fact]
    public void Json_HasTheAlarmAsTheReadApiHasIt()
    {
        var json = JsonElement.Parse(Write(DeliveryEvent.Raised, "en").Json);

        Assert.Equal("alarm.raised", json.GetProperty("type").GetString());
        Assert.Equal(Some.Start, json.GetProperty("timestamp").GetDateTimeOffset());
        var alarm = json.GetProperty("data").GetProperty("alarm");
        Assert.Equal(
            ("critical", "limits", 11.2, 8, "°C"),
            (alarm.GetProperty("level").GetString(), alarm.GetProperty("kind").GetString(), alarm.GetProperty("peak").GetDouble(),
                alarm.GetProperty("limit").GetDouble(), alarm.GetProperty("unit").GetString()));
    }

    [Fact]
    public void Thread_IsOneForAllMessagesOfAnAlarm() =>
        Assert.Single(Enum.GetValues<DeliveryEvent>().Except([DeliveryEvent.Watching, DeliveryEvent.Drill])
            .Select(its => Write(its, "en").Thread).Distinct());

    [Fact]
    public void Reader_SaysHow_OrTheAccount_OrTheSite()
    {
        var site = new Site { Name = "Site", Language = "pl", TimeZone = "Europe/Warsaw" };
        var account = new Preferences { Language = "en", TimeZone = "Asia/Tokyo", Temperature = TemperatureUnit.Fahrenheit };
        var person = new NotificationRecipient { Address = "anna@site.example", Channels = "", Language = "pl" };

        var (bySite, byAccount, byPerson) =
            (Reader.Of(null, Preferences.None, site), Reader.Of(null, account, site), Reader.Of(person, account, site));

        Assert.Equal(("pl", "Europe/Warsaw"), (bySite.Language.Code, bySite.Zone.Id));
        Assert.Equal(("en", "Asia/Tokyo", TemperatureUnit.Fahrenheit), (byAccount.Language.Code, byAccount.Zone.Id, byAccount.Units.Temperature));
        Assert.Equal(("pl", "Asia/Tokyo"), (byPerson.Language.Code, byPerson.Zone.Id));
        person.TimeZone = "Europe/Lisbon";
        (person.Temperature, person.Pressure) = (TemperatureUnit.Celsius, PressureUnit.InchOfMercury);
        var byDocument = Reader.Of(person, account, site);
        Assert.Equal(
            ("Europe/Lisbon", new Units(TemperatureUnit.Celsius, PressureUnit.InchOfMercury)), (byDocument.Zone.Id, byDocument.Units));
    }

    private static OutgoingMessage Write(
        DeliveryEvent its, string language, Units units = default, string? publicAddress = null, string name = "Fridge 3", Alarm? alarm = null,
        Uri? answer = null)
    {
        var address = new PublicAddress(Options.Create(new PortalOptions { PublicAddress = publicAddress }), Nobody());
        var delivery = new Delivery
        {
            Key = "msg_1",
            AlarmId = 12,
            Event = its,
            Channel = "mail",
            Address = "anna@site.example",
            Chain = "default",
            QueuedUtc = Some.Start,
            DueUtc = Some.Start,
            NextUtc = Some.Start,
        };
        var line = new AlarmLine(alarm ?? AlarmOf(), Rule(), new AlarmPoint(1, name, "Hospital › Ward 1", 1), "282C024FFFB2", null);
        return new MessageWriter(new AlarmPhrases(), address).Write(
            new MessagePart(delivery, line, answer), new Reader(Languages.Find(language), units, Warsaw));
    }

    private static PeopleDirectory Nobody() => new(null!, null!, TimeProvider.System);

    private static Alarm AlarmOf() => new()
    {
        Id = 12,
        Kind = RuleKind.Limits,
        Type = "temperature",
        PointId = 1,
        Channel = 1,
        RuleId = 1,
        Level = AlarmLevel.Critical,
        LevelNow = AlarmLevel.Critical,
        BeganMs = Some.Start.ToUnixTimeMilliseconds(),
        RaisedMs = Some.Start.ToUnixTimeMilliseconds(),
        CompletedMs = 0,
        LastOutsideMs = 0,
        PeakMs = 0,
        Peak = 11.2,
        Limit = 8,
        TakenBy = "Anna",
    };

    private static AlarmRule Rule() => new()
    {
        Key = "fridges",
        Version = 1,
        Kind = RuleKind.Limits,
        Type = "temperature",
        Conditions = new(null, new() { High = 8 }),
        IsEnabled = true,
        FromMs = long.MinValue,
        MadeUtc = default,
        MadeBy = "",
    };

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
