using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A portal's whole first day; afterwards nothing that opens a door is in its log or its audit trail.</summary>
public sealed class SecretsTests
{
    private const string SetupGatewayToken = PortalUnderTest.GatewayToken;
    private const string AdminEmail = "first@portal.test";
    private const string Password = "the right secret of these tests";
    private const string WrongPassword = "a wrong secret somebody tried";
    private const string WrongGatewayToken = "a-wrong-gateway-token-somebody-tried";
    private const string WrongApiToken = "a-wrong-api-token-somebody-tried";
    private const string MisplacedPassword = "a secret typed into the wrong field";

    [Fact]
    public async Task Log_OfAFullRun_HoldsNoSecret()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { IsSetUp = false });
        List<string> secrets =
        [
            SetupGatewayToken, PortalUnderTest.ApiToken, Password, WrongPassword, WrongGatewayToken, WrongApiToken, MisplacedPassword
        ];
        using var people = new PeopleClient(portal.Address);

        await SetUpAsync(portal, people);
        await SignInAsync(people);
        secrets.Add(await portal.Get<TokenIssuer>().IssueGatewayTokenAsync("Ward 2"));
        secrets.AddRange(await CommandsAsync(portal));
        await KnockAsync(portal, secrets[^1]);
        secrets.AddRange(people.Cookies.GetAllCookies().Select(cookie => cookie.Value));
        secrets.AddRange(
            portal.Database.Lines("SELECT password_hash FROM user").Concat(portal.Database.Lines("SELECT hex(key_hash) FROM session")));
        await portal.Hosted<PeriodicWriter>().FlushAsync(CancellationToken.None);

        var told = portal.Log
            .Concat(portal.Database.Lines("SELECT actor, address, action, subject, old, new, reason FROM audit_entry"))
            .Concat(portal.Database.Lines("SELECT address, reason FROM refusal")).ToList();
        Assert.True(told.Count > 5);
        Assert.All(secrets, secret => Assert.True(secret.Length > 8, secret));
        Assert.All(secrets, secret => Assert.DoesNotContain(told, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task SetUpAsync(PortalUnderTest portal, PeopleClient people)
    {
        var link = portal.Log.Single(line => line.Contains("/setup?code=", StringComparison.Ordinal));
        var path = link[link.IndexOf("setup?code=", StringComparison.Ordinal)..];
        using var refused = await people.SubmitAsync(path, "setup", Fields(Password, again: WrongPassword));
        using var made = await people.SubmitAsync(path, "setup", Fields(Password, Password));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (refused.StatusCode, made.StatusCode));
    }

    private static (string, string)[] Fields(string password, string again) =>
    [
        ("Input.Site", "Pharmacy"),
        ("Input.TimeZone", "Europe/Warsaw"),
        ("Input.Language", "en"),
        ("Input.Email", AdminEmail),
        ("Input.Password", password),
        ("Input.Again", again),
    ];

    private static async Task SignInAsync(PeopleClient people)
    {
        using var wrong = await people.SignInAsync(AdminEmail, WrongPassword);
        using var misplaced = await people.SignInAsync(MisplacedPassword, MisplacedPassword);
        using var right = await people.SignInAsync(AdminEmail, Password);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        foreach (var path in (string[])["", "gateways", "admin/audit", "downloads/audit.csv"])
        {
            using var page = await people.GetAsync(path);
        }
    }

    private static async Task<string[]> CommandsAsync(PortalUnderTest portal)
    {
        var directory = Path.GetDirectoryName(portal.Database.Path)!;
        var gateway = await CommandRun.OfAsync("tokens", "add", "--name", "made by command", "--data-directory", directory);
        var api = await CommandRun.OfAsync("tokens", "add", "--api", "--name", "made by command", "--data-directory", directory);
        await CommandRun.OfAsync("tokens", "revoke", "1", "--data-directory", directory);
        return [api.Output.Trim(), gateway.Output.Trim()];
    }

    private static async Task KnockAsync(PortalUnderTest portal, string gatewayToken)
    {
        foreach (var token in (string[])[SetupGatewayToken, WrongGatewayToken, gatewayToken])
        {
            using var client = new PortalClient(portal.Address, token);
            await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));
            await client.PostAsync(GatewayPaths.Measurements, "not json at all");
            await client.BeatAsync(Some.Heartbeat(Some.Serial()));
        }

        using var http = new HttpClient { BaseAddress = portal.Address };
        foreach (var token in (string[])[PortalUnderTest.ApiToken, WrongApiToken])
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var answer = await http.GetAsync(new Uri("api/v1/gateways", UriKind.Relative));
        }
    }
}
