using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Efento.Portal.ReadApi;

/// <summary>Reads the parameters of a request. It remembers the first wrong one, so that the answer can name it.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    /// <summary>The most items of a page, and the default.</summary>
    public const int MostItems = 1_000;

    /// <summary>The limit that asks for all items in one answer, where that is possible.</summary>
    public const string All = "all";

    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The first fault; null if there is none.</summary>
    public BadRequest<ApiError>? Fault { get; private set; }

    /// <summary>The number of items requested, 1 to <see cref="MostItems"/>.</summary>
    public int Limit() => (int)(Number("limit", 1, MostItems) ?? MostItems);

    /// <summary>The number of items requested; null for all of them in one answer.</summary>
    public int? LimitOrAll() => TryGet("limit", out var text) && text == All ? null : Limit();

    /// <summary>A whole number within bounds; null if it is not given.</summary>
    public long? Number(string parameter, long least, long most)
    {
        if (!TryGet(parameter, out var text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fail(parameter, $"{parameter} must be a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>
    /// A time in Unix ms, rounded up to the next whole one; null if it is not given. Without a zone it is UTC.
    /// </summary>
    public long? Time(string parameter)
    {
        if (!TryGet(parameter, out var text))
        {
            return null;
        }

        // An unescaped plus sign arrives as a space.
        if (ParseTime(text.Replace(' ', '+')) is { } time)
        {
            return time.ToUnixTimeMilliseconds() + (time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
        }

        Fail(parameter, $"{parameter} must be a time like 2026-03-01T15:28:21Z.");
        return null;
    }

    /// <summary>Parses an ISO 8601 time, UTC without a zone; null if it is not valid.</summary>
    public static DateTimeOffset? ParseTime(string text) => DateTimeOffset.TryParseExact(
        text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var time) ? time : null;

    /// <summary>One of these words; <paramref name="usual"/> if it is not given.</summary>
    public string Word(string parameter, string usual, params ReadOnlySpan<string> words)
    {
        if (!TryGet(parameter, out var text))
        {
            return usual;
        }

        if (words.Contains(text))
        {
            return text;
        }

        Fail(parameter, $"{parameter} must be one of: {string.Join(", ", words)}.");
        return usual;
    }

    /// <summary>A text; null if it is not given.</summary>
    public string? Text(string parameter) => TryGet(parameter, out var text) ? text : null;

    /// <summary>What <paramref name="parse"/> makes of a cursor; null if it is not given.</summary>
    public T? Cursor<T>(Func<string, T?> parse)
        where T : class
    {
        if (!TryGet("after", out var text))
        {
            return null;
        }

        var cursor = parse(text);
        if (cursor is null)
        {
            Fail("after", "after must be the value of next in an earlier answer.");
        }

        return cursor;
    }

    /// <summary>Remembers that a parameter is wrong.</summary>
    public void Fail(string parameter, string why) => Fault ??= TypedResults.BadRequest(new ApiError(why, parameter));

    private bool TryGet(string parameter, out string text)
    {
        var values = query[parameter];
        text = values.Count == 0 ? "" : values[0]!;
        if (values.Count > 1)
        {
            Fail(parameter, $"{parameter} must be given once.");
        }

        return text.Length > 0;
    }
}
