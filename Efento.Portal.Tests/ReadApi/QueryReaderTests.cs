using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.ReadApi;

public sealed class QueryReaderTests
{
    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00.0000000Z")]
    [InlineData("2026-03-01T15:28", "2026-03-01T15:28:00.0000000Z")]
    [InlineData("2026-03-01T15:28:21", "2026-03-01T15:28:21.0000000Z")]
    [InlineData("2026-03-01T15:28:21Z", "2026-03-01T15:28:21.0000000Z")]
    [InlineData("2026-03-01T15:28:21.5Z", "2026-03-01T15:28:21.5000000Z")]
    [InlineData("2026-03-01T15:28:21+01:00", "2026-03-01T14:28:21.0000000Z")]
    [InlineData("2026-03-01T15:28:21 01:00", "2026-03-01T14:28:21.0000000Z")]
    [InlineData("2026-03-01T15:28:21-01:00", "2026-03-01T16:28:21.0000000Z")]
    [InlineData("2026-03-01T15:28:21.0001Z", "2026-03-01T15:28:21.0010000Z")]
    public void Time_IsoForms_AreThatInstant(string text, string expected)
    {
        var query = Query(("from", text));

        Assert.Equal(expected, DateTimeOffset.FromUnixTimeMilliseconds(query.Time("from")!.Value).UtcDateTime.ToString("O"));
        Assert.Null(query.Fault);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("1539358101")]
    [InlineData("2026-02-30")]
    [InlineData("01.03.2026")]
    public void Time_OtherForms_AreFaults(string text)
    {
        var query = Query(("from", text));

        Assert.Null(query.Time("from"));
        Assert.Equal("from", query.Fault?.Value?.Parameter);
    }

    [Fact]
    public void Limit_NotGiven_IsTheMost() => Assert.Equal(QueryReader.MostItems, Query().Limit());

    [Fact]
    public void Fault_SeveralWrong_IsTheFirst()
    {
        var query = Query(("limit", "x"), ("from", "x"));
        query.Limit();
        query.Time("from");

        Assert.Equal("limit", query.Fault?.Value?.Parameter);
    }

    private static QueryReader Query(params (string Name, string Value)[] values) =>
        new(new QueryCollection(values.ToDictionary(v => v.Name, v => new Microsoft.Extensions.Primitives.StringValues(v.Value))));
}
