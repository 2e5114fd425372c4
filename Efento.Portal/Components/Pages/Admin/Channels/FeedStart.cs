namespace Efento.Portal.Components.Pages.Admin.Channels;

/// <summary>From when on a feed is to send.</summary>
/// <param name="FromUtc">From which receipt on it sends again; null to go on with what is stored from now on.</param>
public sealed record FeedStart(DateTimeOffset? FromUtc);
