namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>A request of a channel.</summary>
internal sealed record OutgoingRequest
{
    public required string? Url { get; init; }

    /// <summary>The method; POST unless it is said. A GET has no body.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    public required byte[] Body { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Headers of the kind of channel. The channel's own ones can't replace them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
