namespace Efento.Portal.Access;

/// <summary>Requests of gateways that were rejected because of their token, path or form, counted per address and reason.</summary>
public sealed class Refusal
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The sender's IP address; for IPv6 its network, such as 2001:db8::/64.</summary>
    public required string Address { get; init; }

    /// <summary>The reason.</summary>
    public required TokenVerdict Reason { get; init; }

    /// <summary>The number of requests.</summary>
    public long Count { get; set; }

    /// <summary>The first time.</summary>
    public required DateTimeOffset FirstUtc { get; init; }

    /// <summary>The last time.</summary>
    public DateTimeOffset LastUtc { get; set; }
}
