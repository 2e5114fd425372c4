using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Access;

/// <summary>Tokens change under an administrator's name, in the open, and never over what somebody else changed.</summary>
public sealed class TokenChangeTests : IAsyncLifetime
{
    private static readonly Actor Anna = new(ActorKind.Person, "anna@portal.test", "192.0.2.7", 1);

    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;
    private TokenIssuer _issuer = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        _issuer = _portal.Get<TokenIssuer>();
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Issue_InTheAuditTrail_IsToldWithoutASecret()
    {
        var outcome = await _issuer.IssueGatewayTokenAsync(
            Anna, new GatewayTokenDraft { Name = "Ward 2", Networks = "10.0.0.0/8", Headers = [new("X-Site-Key", "open sesame")] });

        var line = Audit("gateway token issued").Last();
        Assert.Equal(
            $"anna@portal.test|192.0.2.7|gateway token {outcome.Issued!.Id} Ward 2||name: Ward 2; networks: 10.0.0.0/8; headers: X-Site-Key|", line);
        Assert.DoesNotContain(outcome.Issued.Text!, string.Join('\n', Audit("gateway token issued")));
    }

    [Fact]
    public async Task Issue_AuditCannotBeWritten_IssuesNothing()
    {
        _portal.Database.Execute("CREATE TRIGGER no_audit BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAnyAsync<Exception>(() => _issuer.IssueGatewayTokenAsync(Anna, new GatewayTokenDraft { Name = "Ward 2" }));

        Assert.Equal(0, _portal.Database.Scalar<long>("SELECT count(*) FROM gateway_token WHERE name = 'Ward 2'"));
    }

    [Fact]
    public async Task Edit_OfWhatSomebodyElseChanged_OverwritesNothing()
    {
        var seen = (await _issuer.ListGatewayTokensAsync()).Single();
        Assert.Empty(await _issuer.EditGatewayTokenAsync(Anna, seen.Id, seen.Version, new() { Name = "Ward 2" }));

        Assert.Equal(
            [new AccessFault(AccessFaultKind.TokenChanged)],
            await _issuer.EditGatewayTokenAsync(Anna, seen.Id, seen.Version, new() { Name = "Ward 3" }));

        Assert.Equal("Ward 2", (await _issuer.ListGatewayTokensAsync()).Single().Name);
        Assert.Equal(
            "anna@portal.test|192.0.2.7|gateway token 1 Set-up|name: Set-up|name: Ward 2|", Assert.Single(Audit("gateway token changed")));
    }

    [Fact]
    public async Task Edit_ThatChangesNothing_LeavesNoTrace()
    {
        var seen = (await _issuer.ListGatewayTokensAsync()).Single();

        Assert.Empty(await _issuer.EditGatewayTokenAsync(Anna, seen.Id, seen.Version, new() { Name = " Set-up " }));

        Assert.Empty(Audit("gateway token changed"));
    }

    [Fact]
    public async Task EditApi_OfWhatSomebodyElseChanged_OverwritesNothing()
    {
        var seen = (await _issuer.ListApiTokensAsync()).Single();
        Assert.Empty(await _issuer.EditApiTokenAsync(Anna, seen.Id, seen.Version, new() { Name = "Report" }));

        Assert.Equal(
            [new AccessFault(AccessFaultKind.TokenChanged)],
            await _issuer.EditApiTokenAsync(Anna, seen.Id, seen.Version, new() { Name = "Other" }));

        Assert.Equal("Report", (await _issuer.ListApiTokensAsync()).Single().Name);
    }

    [Fact]
    public async Task Revoke_Reason_StandsInTheAuditTrail()
    {
        Assert.Empty(await _issuer.RevokeGatewayTokenAsync(Anna, 1, 0, "the gateway was stolen"));

        Assert.Equal(
            "anna@portal.test|192.0.2.7|gateway token 1 Set-up|||the gateway was stolen", Assert.Single(Audit("gateway token revoked")));
    }

    [Fact]
    public async Task Rotate_BothTokens_AreValidUntilTheTime()
    {
        var outcome = await _issuer.RotateGatewayTokenAsync(Anna, 1, 0, _time.GetUtcNow().AddHours(1));
        var tokens = _portal.Get<TokenDirectory>();

        Assert.Equal((TokenVerdict.Valid, 1), tokens.CheckGateway(PortalUnderTest.GatewayToken));
        Assert.Equal((TokenVerdict.Valid, outcome.Issued!.Id), tokens.CheckGateway(outcome.Issued.Text));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TokenVerdict.Valid, tokens.CheckGateway(PortalUnderTest.GatewayToken).Verdict);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(TokenVerdict.Expired, tokens.CheckGateway(PortalUnderTest.GatewayToken).Verdict);
        Assert.Equal(TokenVerdict.Valid, tokens.CheckGateway(outcome.Issued.Text).Verdict);
        Assert.Equal(1, (await _issuer.ListGatewayTokensAsync()).Single(t => t.Id == outcome.Issued.Id).ReplacesId);
        Assert.Single(Audit("gateway token rotated"));
    }

    [Fact]
    public async Task Rotate_BySomebodyElseMeanwhile_IssuesNoSecondOne()
    {
        await _issuer.RotateGatewayTokenAsync(Anna, 1, 0, _time.GetUtcNow().AddHours(1));

        Assert.Equal(
            [new AccessFault(AccessFaultKind.TokenChanged)],
            (await _issuer.RotateGatewayTokenAsync(Anna, 1, 0, _time.GetUtcNow().AddHours(2))).Faults);
    }

    [Fact]
    public async Task Rotate_TokenThatEndsEarlier_IsNotProlonged()
    {
        var end = _time.GetUtcNow().AddMinutes(10);
        await _issuer.EditGatewayTokenAsync(Anna, 1, 0, new() { Name = "Set-up", ExpiresUtc = end });

        await _issuer.RotateGatewayTokenAsync(Anna, 1, 1, _time.GetUtcNow().AddHours(1));

        Assert.Equal(end, (await _issuer.ListGatewayTokensAsync()).First().ExpiresUtc);
    }

    [Fact]
    public async Task Rotate_HeadersBesideTheToken_StayAsTheyAre()
    {
        var old = await _issuer.IssueAsync(new() { Name = "Ward 2", Headers = [new("X-Site-Key", "open sesame")] });

        var rotated = (await _issuer.RotateGatewayTokenAsync(Anna, old.Id, 0, _time.GetUtcNow())).Issued!;

        Assert.Equal(["X-Site-Key"], rotated.KeptHeaders);
        Assert.Equal(TokenVerdict.HeaderMissing, Check(rotated.Text));
        Assert.Equal(TokenVerdict.Valid, Check(rotated.Text, ("X-Site-Key", "open sesame")));
    }

    [Fact]
    public async Task Rotate_HeadersAlone_GetNewValues()
    {
        var old = await _issuer.IssueAsync(
            new() { Name = "Ward 2", IsHeadersOnly = true, Headers = [new("X-Site-Key", "0123456789abcdef")] });

        var rotated = (await _issuer.RotateGatewayTokenAsync(Anna, old.Id, 0, _time.GetUtcNow())).Issued!;

        Assert.Equal(TokenVerdict.Expired, Check(null, ("X-Site-Key", "0123456789abcdef")));
        Assert.Equal(TokenVerdict.Valid, Check(null, ("X-Site-Key", rotated.Headers.Single().Value)));
    }

    private TokenVerdict Check(string? token, params (string, string)[] headers) =>
        _portal.Get<TokenDirectory>().CheckGateway(token, headers).Verdict;

    private IReadOnlyList<string> Audit(string action) =>
        _portal.Database.Lines("SELECT actor, address, subject, old, new, reason FROM audit_entry WHERE action = $0 ORDER BY id", action);
}
