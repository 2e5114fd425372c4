namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>A request of a channel.</summary>
internal sealed record OutgoingRequest
{
    public required string? Url { get; init; }

    /// <summary>The method; POST unless it is said. A GET has no body.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    public required byte[] Body { get; init; }

    public required string ContentType { get; init; }

    /// <summary>How the body is encoded, such as aes128gcm; null if it is not.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Whether an answer that accepts it is a secret itself, such as an access token. It is not shown then.</summary>
    public bool IsAnswerSecret { get; init; }

    /// <summary>Headers of the kind of channel. The channel's own ones can't replace them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
