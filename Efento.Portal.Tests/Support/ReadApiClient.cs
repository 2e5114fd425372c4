using System.Net.Http.Headers;
using System.Text.Json;

namespace Efento.Portal.Tests.Support;

/// <summary>Asks the read API as other programs do.</summary>
public static class ReadApiClient
{
    /// <summary>Asks with a token.</summary>
    public static Task<PortalReply> AskAsync(
        this PortalUnderTest portal, string path, string? token = PortalUnderTest.ApiToken, string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return portal.Client.SendAsync(request);
    }

    /// <summary>Asks for a part of a list that must be there.</summary>
    public static async Task<(IReadOnlyList<JsonElement> Items, string? Next)> AskPageAsync(
        this PortalUnderTest portal, string path, string? token = PortalUnderTest.ApiToken)
    {
        var reply = await portal.AskAsync(path, token);
        Assert.True(reply.Status == 200, $"{path}: {reply.Status} {reply.Body}");
        var page = JsonElement.Parse(reply.Body);
        return ([.. page.GetProperty("items").EnumerateArray()], page.GetProperty("next").GetString());
    }

    /// <summary>Asks for a whole list, part after part; 100 parts at most.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AskAllAsync(this PortalUnderTest portal, string path)
    {
        List<JsonElement> items = [];
        string? next = null;
        var parts = 0;
        do
        {
            Assert.True(parts++ < 100, "The list does not end.");
            var after = next is null ? "" : $"{(path.Contains('?') ? '&' : '?')}after={next}";
            (var some, next) = await portal.AskPageAsync(path + after);
            items.AddRange(some);
        }
        while (next is not null);

        return items;
    }
}
