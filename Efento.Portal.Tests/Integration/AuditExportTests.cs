using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Efento.Portal.Tests.Integration;

/// <summary>What is taken away from the portal, and what stands in the trail of it.</summary>
public sealed class AuditExportTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;

    [Fact]
    public async Task Csv_OfAuditor_HoldsEveryEntryAndItsOwn()
    {
        using var auditor = await PeopleClient.SignedInAsync(_portal, Role.Auditor);

        using var answer = await auditor.GetAsync("downloads/audit.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(AuditCsv.Header, lines[0]);
        Assert.Equal(_portal.Database.Count("audit_entry"), lines.Length - 2);
        Assert.Contains(
            ",Person,auditor@portal.test,127.0.0.1,exported,audit trail,,/downloads/audit.csv,,", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_Filtered_HoldsWhatWasAskedFor()
    {
        await AddAsync(new AuditNote("tested filter", "50%_off \\ it"));
        await AddAsync(new AuditNote("tested filter", "500 off"));
        using var admin = await PeopleClient.SignedInAsync(_portal);

        var byText = await LinesAsync(admin, "downloads/audit.csv?text=50%25_OFF%20%5C&action=tested%20filter");
        var byDay = await LinesAsync(admin, "downloads/audit.csv?action=tested%20filter&to=2020-01-01");
        var byActor = await LinesAsync(admin, "downloads/audit.csv?action=tested%20filter&actor=192.0.2.9&from=2020-01-01");

        Assert.Contains("50%_off", Assert.Single(byText), StringComparison.Ordinal);
        Assert.Empty(byDay);
        Assert.Equal(2, byActor.Count);
    }

    [Fact]
    public async Task Csv_FilterIsNoDay_IsRefused()
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);

        using var answer = await admin.GetAsync("downloads/audit.csv?from=yesterday");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://a.example\")", "\"'=HYPERLINK(\"\"http://a.example\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("plain, with comma", "\"plain, with comma\"")]
    public async Task Csv_CellLikeAFormula_IsText(string subject, string cell)
    {
        var action = $"tested {Guid.NewGuid()}";
        await AddAsync(new AuditNote(action, subject));
        using var admin = await PeopleClient.SignedInAsync(_portal);

        using var answer = await admin.GetAsync($"downloads/audit.csv?action={Uri.EscapeDataString(action)}");

        Assert.Contains($",{action},{cell},", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Operator)]
    public async Task Csv_OfSomebodyElse_IsRefusedAndNoExport(Role role)
    {
        using var somebody = await PeopleClient.SignedInAsync(_portal, role);

        using var answer = await somebody.GetAsync("downloads/audit.csv");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(
            _portal.Database.Lines(
                "SELECT id FROM audit_entry WHERE action = 'exported' AND actor = $0", $"{role}@portal.test".ToLowerInvariant()));
    }

    [Fact]
    public async Task Export_EntryCannotBeWritten_GivesNothing()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        using var admin = await PeopleClient.SignedInAsync(portal);
        portal.Database.Execute("CREATE TRIGGER no_entry BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END");

        using var answer = await admin.GetAsync("downloads/audit.csv");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("signed in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Downloads_EachOfThem_IsAuditedAndHasAPolicy()
    {
        var downloads = _portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/downloads/", StringComparison.Ordinal)).ToList();

        Assert.True(downloads.Count >= 3);
        Assert.All(downloads, e => Assert.NotNull(e.Metadata.GetMetadata<AuditedExport>()));
        Assert.All(downloads, e => Assert.Contains(e.Metadata.GetOrderedMetadata<IAuthorizeData>(), a => a.Policy is not null));
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(PeopleClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return [.. (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }

    private Task AddAsync(AuditNote note) => _portal.Get<WriteGate>().WriteAsync(
        db => _portal.Get<AuditTrail>().AddAsync(db, new Actor(ActorKind.Person, "somebody", "192.0.2.9"), note));
}
