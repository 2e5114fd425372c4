using System.Reflection;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Efento.Portal.Configuration;

/// <summary>
/// The rule for additional gateway routes: a path that fits into a gateway's settings, and that the portal does not use for anything else.
/// Source: docs/gateway-api.md, "Routes".
/// </summary>
internal static class GatewayPathRule
{
    private const int MaxLength = 256;
    private const string GatewaySegment = "{gateway}";
    private const string PageParameter = "{}";

    /// <summary>The prefixes of the portal's own paths.</summary>
    private static readonly string[] OwnPrefixes = ["/api/v1", "/openapi", "/health", "/downloads", "/assets", "/_blazor", "/_framework", "/_content"];

    /// <summary>The rule for the syntax of a path.</summary>
    public static SettingRule Syntax { get; } = new(
        $"a path of at most {MaxLength} characters that begins with \"/\" and has segments of letters, digits and . - _ ~ only, at most one of them {GatewaySegment}",
        v => v is string path && IsPath(path))
    { MayBeNone = true };

    /// <summary>The faults of paths that are valid but already in use.</summary>
    public static IEnumerable<SettingFault> Collisions(IReadOnlyList<(string Key, string Path)> paths)
    {
        // Usually there are none, and it takes a while to look through all types for pages.
        var taken = paths.Count > 0 ? OwnRoutes() : [];
        foreach (var (key, path) in paths)
        {
            var segments = SegmentsOf(path);
            var prefix = OwnPrefixes.FirstOrDefault(
                own => ("/" + string.Join('/', segments) + "/").StartsWith(own + "/", StringComparison.OrdinalIgnoreCase));
            var owner = prefix is null
                ? taken.FirstOrDefault(other => Covers(other.Segments, segments)).Owner
                : $"the portal itself ({prefix})";
            if (owner is not null)
            {
                yield return new SettingFault(key, $"\"{path}\"", $"a path of its own: this one is used by {owner} already");
            }

            taken.Add((key, segments));
        }
    }

    private static bool IsPath(string path) =>
        path.Length is > 1 and <= MaxLength
        && path[0] == '/'
        && SegmentsOf(path).All(IsSegment)
        && SegmentsOf(path).Count(s => s == GatewaySegment) <= 1;

    private static bool IsSegment(string segment) =>
        segment == GatewaySegment
        || (segment is not ("" or "." or "..") && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '~'));

    // A slash at the end does not make another route.
    private static string[] SegmentsOf(string path) => (path.Length > 1 && path.EndsWith('/') ? path[1..^1] : path[1..]).Split('/');

    /// <summary>
    /// Whether the path would be ambiguous or hide a page. A literal segment against {gateway} is no conflict, because the router prefers
    /// the literal.
    /// </summary>
    private static bool Covers(string[] taken, string[] path) =>
        taken.Length == path.Length
        && taken.Zip(path).All(pair => pair.First == PageParameter || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    private static List<(string Owner, string[] Segments)> OwnRoutes() =>
    [
        .. GatewayRoutes.Measurements.Concat(GatewayRoutes.Heartbeats).Select(path => ("every gateway", SegmentsOf(path))),
        .. PageRoutes().Select(route => ("a page", SegmentsOf(route))),
    ];

    private static IEnumerable<string> PageRoutes() =>
        from type in typeof(Program).Assembly.GetTypes()
        from route in type.GetCustomAttributes<RouteAttribute>()
        select "/" + string.Join('/', RoutePatternFactory.Parse(route.Template).PathSegments.Select(TextOf));

    private static string TextOf(RoutePatternPathSegment segment) =>
        segment is { IsSimple: true, Parts: [RoutePatternLiteralPart literal] } ? literal.Content : PageParameter;
}
