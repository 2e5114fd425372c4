using System.Globalization;

namespace Efento.Portal.Notifications.Channels;

/// <summary>Gives each attempt its time, and makes a result of whatever ends it.</summary>
internal sealed class Attempt(TimeProvider time)
{
    /// <summary>How long an attempt may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Throws nothing but <see cref="OperationCanceledException"/> of the given token.</summary>
    public async Task<SendResult> RunAsync(
        Conversation conversation, Func<CancellationToken, Task<Verdict>> send, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var verdict = await VerdictOfAsync(conversation, send, limit.Token, either.Token, cancellationToken);
        return new SendResult(verdict.Outcome, conversation.Shown(verdict.Answer), conversation.Lines) { RetryAfter = verdict.RetryAfter };
    }

    /// <summary>
    /// Libraries throw what they like when a server talks nonsense. Whatever it is, the message is not sent, and that is what matters here.
    /// </summary>
    private static async Task<Verdict> VerdictOfAsync(
        Conversation conversation,
        Func<CancellationToken, Task<Verdict>> send,
        CancellationToken limit,
        CancellationToken either,
        CancellationToken cancellationToken)
    {
        try
        {
            return await send(either);
        }
        catch (Exception fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var words = limit.IsCancellationRequested ? NoAnswer() : FaultWords.Of(fault);
            conversation.Noted(words);
            return Verdict.TryAgain(words);
        }
    }

    private static string NoAnswer() => string.Create(CultureInfo.InvariantCulture, $"No answer within {Limit.TotalSeconds} s.");
}
