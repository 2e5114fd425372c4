using Efento.Portal.Access;
using Efento.Portal.Components.Words;
using Efento.Portal.Ingest;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>Shown after a token was issued: the settings for the gateway, and whether its first message has arrived.</summary>
public sealed partial class IssuedPanel
{
    private const int MostRefusals = 3;

    /// <summary>The time of a message is that of its first byte, by a clock that never steps back.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _sinceUtc;
    private TokenMessage? _last;
    private IReadOnlyList<RecentRefusal> _refusals = [];

    /// <summary>The token.</summary>
    [Parameter, EditorRequired]
    public IssuedToken Issued { get; set; } = null!;

    /// <summary>Called when the user has copied it.</summary>
    [Parameter]
    public EventCallback Close { get; set; }

    [Inject]
    private TokenTraffic Traffic { get; set; } = null!;

    [Inject]
    private RefusalCounter Refusals { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Brought => _last!.Answer == StatusCodes.Status201Created
        ? TokenWords.Brought(_last.Records)
        : TokensText.Answered(GatewayWords.Answer(_last.Answer));

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _sinceUtc ??= Time.GetUtcNow();
        Follow(new LiveKey(LiveTopic.Token, Issued.Id), new LiveKey(LiveTopic.Refusal));
        _last = await Traffic.FindLastAsync(Issued.Id, _sinceUtc.Value - Slack);

        // Refusals of other senders don't matter any more when the gateway is connected.
        _refusals =
        [
            .. Refusals.Recent(Time.GetUtcNow() - _sinceUtc.Value).Where(r => _last is null || r.TokenId == Issued.Id).Take(MostRefusals)
        ];
    }
}
