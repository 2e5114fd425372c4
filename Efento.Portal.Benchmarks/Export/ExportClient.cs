using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Export;

/// <summary>Asks the read API as a program that is faster than the portal: it counts bytes and rows, and makes nothing of them.</summary>
internal sealed partial class ExportClient(int port) : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>The cursor stands at the end of a page; a page has nothing behind it.</summary>
    private const int EndBytes = 256;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseProxy = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/"),
        DefaultRequestHeaders = { { "Authorization", $"Bearer {ServerProcess.ApiToken}" } },
    };

    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>All pages of a list, one after the other.</summary>
    public async Task<Transfer> PagesAsync(string path, CancellationToken stopping)
    {
        var begin = Stopwatch.GetTimestamp();
        var (rows, bytes) = (0L, 0L);
        string? next = null;
        do
        {
            var page = await ReadAsync(next is null ? path : $"{path}&after={next}", "identity", stopping);
            (rows, bytes, next) = (rows + page.Objects - 1, bytes + page.Bytes, CursorOf(page.End));
        }
        while (next is not null);

        return new Transfer(rows, bytes, Stopwatch.GetElapsedTime(begin));
    }

    /// <summary>One answer with all rows. Compressed ones are not unpacked, so their rows are not counted.</summary>
    public async Task<Transfer> WholeAsync(string path, string coding, CancellationToken stopping)
    {
        var begin = Stopwatch.GetTimestamp();
        var answer = await ReadAsync(path, coding, stopping);
        var rows = path.Contains("csv", StringComparison.Ordinal) ? answer.Lines - 1 : answer.Objects - 1;
        return new Transfer(rows, answer.Bytes, Stopwatch.GetElapsedTime(begin));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<Answer> ReadAsync(string path, string coding, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stopping);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(stopping);
        var (bytes, objects, lines, end) = (0L, 0L, 0L, "");
        for (int read; (read = await body.ReadAsync(_buffer, stopping)) > 0;)
        {
            var part = _buffer.AsSpan(0, read);
            bytes += read;
            objects += part.Count((byte)'{');
            lines += part.Count((byte)'\n');
            var tail = System.Text.Encoding.Latin1.GetString(part[^Math.Min(read, EndBytes)..]);
            end = tail.Length < EndBytes ? end + tail : tail;
        }

        return new Answer(bytes, objects, lines, end);
    }

    private static string? CursorOf(string end) => Cursor().Match(end) is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex("\"next\":\"([^\"]+)\"}$")]
    private static partial Regex Cursor();

    private readonly record struct Answer(long Bytes, long Objects, long Lines, string End);
}

/// <summary>What came, and how long it took.</summary>
internal readonly record struct Transfer(long Rows, long Bytes, TimeSpan Took)
{
    /// <summary>Rows a second.</summary>
    public double Rate => Rows / Took.TotalSeconds;
}
