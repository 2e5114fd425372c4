namespace Efento.Portal.Components.People;

/// <summary>Where a request comes from, in words.</summary>
internal static class RequestAddress
{
    /// <summary>The IP address; of IPv4 in its usual form, however it came.</summary>
    public static string? Of(HttpContext? context) =>
        (context?.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context?.Connection.RemoteIpAddress)?.ToString();
}
