using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Devices;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>Issues a gateway token, or changes its details.</summary>
public sealed partial class GatewayTokenDialog
{
    private readonly List<HeaderField> _headers = [];
    private string _name = "";
    private int? _gatewayId;
    private string? _note;
    private int _days;
    private bool _isHeadersOnly;
    private string? _networks;
    private string? _serials;

    /// <summary>The token to change; null to issue one.</summary>
    [Parameter]
    public GatewayToken? Token { get; set; }

    /// <summary>The gateway that the new token is for; null if unknown.</summary>
    [Parameter]
    public GatewayName? For { get; set; }

    /// <summary>All gateways.</summary>
    [Parameter]
    public IReadOnlyList<GatewayName> Gateways { get; set; } = [];

    private bool IsOpen => Token is not null || Faults.Count > 0;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        (_name, _gatewayId) = (Token?.Name ?? For?.Name ?? "", Token is null ? For?.Id : Token.GatewayId);
        (_note, _networks, _serials) = (Token?.Note, Token?.Networks, Token?.Serials);
        _days = Token?.ExpiresUtc is null ? Expiry.Never : Expiry.Unchanged;
    }

    private Task SubmitAsync() => Fits(Texts()) ? TryAsync(IssueOrEditAsync) : Task.CompletedTask;

    private IEnumerable<(string Label, string? Text, int Most)> Texts() =>
    [
        (TokensText.Name, _name, TokenRules.LongestName),
        (TokensText.Note, _note, TokenRules.LongestNote),
        .. _headers.Select(h => (TokensText.HeaderName, (string?)h.Name, CustomHeader.LongestName)),
        .. _headers.Select(h => (TokensText.Value, (string?)h.Value, CustomHeader.LongestValue)),
    ];

    private async Task<(object? Result, IReadOnlyList<AccessFault> Faults)> IssueOrEditAsync(Actor actor)
    {
        if (Token is null)
        {
            var outcome = await Issuer.IssueGatewayTokenAsync(actor, Draft());
            return (outcome.Issued, outcome.Faults);
        }

        return (null, await Issuer.EditGatewayTokenAsync(actor, Token.Id, Token.Version, Draft()));
    }

    private GatewayTokenDraft Draft() => new()
    {
        Name = _name,
        Note = _note,
        GatewayId = _gatewayId,
        ExpiresUtc = Expiry.EndOf(_days, Time.GetUtcNow(), Token?.ExpiresUtc),
        Networks = _networks,
        Serials = _serials,
        Headers = [.. _headers.Where(h => h.Name.Trim().Length + h.Value.Length > 0).Select(h => new CustomHeader(h.Name.Trim(), h.Value))],
        IsHeadersOnly = _isHeadersOnly && _headers.Count > 0,
    };

    private sealed class HeaderField
    {
        public string Name { get; set; } = "";

        public string Value { get; set; } = "";
    }
}
