using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Efento.Portal.ReadApi;

/// <summary>
/// Compresses an answer as the caller asks with <c>Accept-Encoding</c>. Who names none of these codings gets the answer as it is:
/// <c>*</c> names none.
/// </summary>
internal static class ContentCoding
{
    private const string Gzip = "gzip";
    private const string Zstd = "zstd";

    /// <summary>The coding that the caller likes best; null if the caller names none of them.</summary>
    public static string? Of(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return ((string[])[Zstd, Gzip])
            .Select(coding => (Coding: coding, Liking: LikingOf(accepted, coding)))
            .Where(its => its.Liking > 0)
            .OrderByDescending(its => its.Liking)
            .Select(its => its.Coding)
            .FirstOrDefault();
    }

    /// <summary>A stream that compresses what is written to it. Its end has to be written by disposing it.</summary>
    public static Stream Compress(string coding, Stream target) => coding switch
    {
        Zstd => new ZstdSharp.CompressionStream(target, leaveOpen: true),
        _ => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
    };

    private static double LikingOf(IList<StringWithQualityHeaderValue> accepted, string coding) => accepted
        .Where(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)).Select(a => a.Quality ?? 1).DefaultIfEmpty().Max();
}
