using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>Manages the tokens of gateways and of programs that use the API, and shows senders without a valid token.</summary>
public sealed partial class TokensPage
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    [HandedOver]
    private IReadOnlyList<GatewayTokenRow>? _rows;
    [HandedOver]
    private IReadOnlyList<ApiToken> _programs = [];
    [HandedOver]
    private IReadOnlyList<GatewayName> _gateways = [];
    [HandedOver]
    private IReadOnlyList<RecentRefusal> _refusals = [];
    private IssuedToken? _issued;
    private IssuedToken? _issuedProgram;
    private bool _isAll;

    /// <summary>"programs" shows API tokens; otherwise gateway tokens are shown.</summary>
    [SupplyParameterFromQuery(Name = "for")]
    public string? For { get; set; }

    /// <summary>"gateway" opens the dialog at once.</summary>
    [SupplyParameterFromQuery(Name = "issue")]
    public string? Issue { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(2);

    private bool IsPrograms => For == "programs";

    [Inject]
    private TokenIssuer Issuer { get; set; } = null!;

    [Inject]
    private TokenDirectory Directory { get; set; } = null!;

    [Inject]
    private TokenUses Uses { get; set; } = null!;

    [Inject]
    private TokenTraffic Traffic { get; set; } = null!;

    [Inject]
    private GatewayQuery GatewayQuery { get; set; } = null!;

    [Inject]
    private GatewayDirectory GatewayDirectory { get; set; } = null!;

    [Inject]
    private RefusalCounter Refusals { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive)
        {
            Directory.Changed += ShowChange;
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Issue == "gateway" && await Person.MayAsync(Policies.Administer))
        {
            await IssueGatewayAsync(null);

            // A dialog closes when the address changes, so it is opened afterwards. It must not open again when the page is reloaded.
            Navigation.NavigateTo("admin/tokens", replace: true);
        }
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Token), new LiveKey(LiveTopic.Refusal), new LiveKey(LiveTopic.Inventory));
        _refusals = Refusals.Recent(Recently);
        _programs = await Issuer.ListApiTokensAsync();
        _gateways = await GatewayQuery.ListNamesAsync(await Person.ScopeAsync());
        var headers = await Issuer.ListHeadersAsync();
        var perDay = await Traffic.CountDayAsync();
        var tokens = await Issuer.ListGatewayTokensAsync();
        _rows = [.. tokens.Select(token => Row(token, tokens, [.. headers[token.Id]], perDay.GetValueOrDefault(token.Id)))];
    }

    /// <inheritdoc/>
    protected override void OnDispose() => Directory.Changed -= ShowChange;

    private GatewayTokenRow Row(GatewayToken token, IReadOnlyList<GatewayToken> all, IReadOnlyList<string> headers, int perDay)
    {
        var users = GatewayDirectory.OfToken(token.Id).Where(g => !g.IsRetired).ToList();
        var last = users.MaxBy(g => g.LastMessageId)?.Id ?? token.GatewayId;
        return new GatewayTokenRow
        {
            Token = token,
            Headers = headers,
            Use = Uses.Of(token),
            Gateway = _gateways.FirstOrDefault(g => g.Id == last),
            GatewayCount = users.Count,
            PerDay = perDay,
            ReplacedBy = all.FirstOrDefault(t => t.ReplacesId == token.Id)?.Id,
        };
    }

    private bool IsValid(DateTimeOffset? revokedUtc, DateTimeOffset? expiresUtc) => revokedUtc is null && !(expiresUtc <= Time.GetUtcNow());

    private async Task IssueGatewayAsync(GatewayName? gateway)
    {
        DialogParameters<GatewayTokenDialog> about = new() { { d => d.For, gateway }, { d => d.Gateways, _gateways } };
        _issued = await AskAsync<GatewayTokenDialog>(TokensText.IssueGatewayToken, about) ?? _issued;
    }

    private Task EditGatewayAsync(GatewayToken token) => AskAsync<GatewayTokenDialog>(
        TokensText.ChangeToken(token.Name),
        new DialogParameters<GatewayTokenDialog> { { d => d.Token, token }, { d => d.Gateways, _gateways } });

    private async Task RotateAsync(GatewayTokenRow row)
    {
        DialogParameters<RotateTokenDialog> about = new() { { d => d.Token, row.Token }, { d => d.HasHeaders, row.Headers.Count > 0 } };
        _issued = await AskAsync<RotateTokenDialog>(TokensText.ReplaceToken(row.Token.Name), about) ?? _issued;
    }

    private Task RevokeGatewayAsync(GatewayToken token) => AskAsync<RevokeTokenDialog>(
        TokensText.RevokeToken(token.Name),
        new DialogParameters<RevokeTokenDialog>
        {
            { d => d.Id, token.Id }, { d => d.Version, token.Version }, { d => d.IsForGateway, true }
        });

    private async Task IssueProgramAsync() =>
        _issuedProgram = await AskAsync<ProgramTokenDialog>(TokensText.IssueApiToken, []) ?? _issuedProgram;

    private Task EditProgramAsync(ApiToken token) => AskAsync<ProgramTokenDialog>(
        TokensText.ChangeToken(token.Name), new DialogParameters<ProgramTokenDialog> { { d => d.Token, token } });

    private Task RevokeProgramAsync(ApiToken token) => AskAsync<RevokeTokenDialog>(
        TokensText.RevokeToken(token.Name),
        new DialogParameters<RevokeTokenDialog> { { d => d.Id, token.Id }, { d => d.Version, token.Version } });

    private async Task<IssuedToken?> AskAsync<T>(string title, DialogParameters about)
        where T : IComponent
    {
        var issued = await Dialogs.AskAsync<T, IssuedToken>(title, about, TokenDialog.Options);
        await ReloadAsync();
        return issued;
    }

    private void ShowChange() => _ = ShowChangesAsync();
}
