using System.Text;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>Reads the beginning of an answer's body: enough for people to see what is wrong.</summary>
internal static class AnswerReader
{
    /// <summary>How much is read: access tokens are the longest of what is needed.</summary>
    public const int MaxBytes = 16_384;

    /// <summary>How long a body is waited for once the server has answered.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>What can be read. The status has been said: a body that breaks off does not take it back.</summary>
    public static async Task<string> ReadAsync(
        HttpContent content, Conversation conversation, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var buffer = new byte[MaxBytes];
        var length = 0;
        try
        {
            await using var body = await content.ReadAsStreamAsync(either.Token);
            for (int read; (read = await body.ReadAsync(buffer.AsMemory(length), either.Token)) > 0;)
            {
                length += read;
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or OperationCanceledException)
        {
            conversation.Noted($"The body of the answer broke off: {FaultWords.Of(fault)}");
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
