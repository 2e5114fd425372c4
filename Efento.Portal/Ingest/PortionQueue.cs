namespace Efento.Portal.Ingest;

/// <summary>
/// The large messages that are stored in portions: one message of each token at a time, and the tokens in turn. Used by the writer only.
/// </summary>
internal sealed class PortionQueue
{
    private readonly Dictionary<int, Queue<PortionedMessage>> _ofToken = [];
    private readonly Queue<int> _turns = new();

    /// <summary>Whether the queue is empty.</summary>
    public bool IsEmpty => _turns.Count == 0;

    /// <summary>The message whose turn it is.</summary>
    public PortionedMessage Current => _ofToken[_turns.Peek()].Peek();

    /// <summary>Moves the large messages out of a batch.</summary>
    public void TakeFrom(List<PendingMessage> batch)
    {
        if (!batch.Exists(PortionedMessage.IsNeededFor))
        {
            return;
        }

        foreach (var message in batch.Where(PortionedMessage.IsNeededFor))
        {
            if (!_ofToken.TryGetValue(message.TokenId, out var messages))
            {
                _ofToken[message.TokenId] = messages = new();
                _turns.Enqueue(message.TokenId);
            }

            messages.Enqueue(new PortionedMessage(message));
        }

        batch.RemoveAll(PortionedMessage.IsNeededFor);
    }

    /// <summary>Moves on to the next token, and removes a message that is decided.</summary>
    public void Next()
    {
        var token = _turns.Dequeue();
        var messages = _ofToken[token];
        if (messages.Peek().Message.IsDecided)
        {
            messages.Dequeue();
        }

        if (messages.Count > 0)
        {
            _turns.Enqueue(token);
        }
        else
        {
            _ofToken.Remove(token);
        }
    }
}
