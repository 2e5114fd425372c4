namespace Efento.Portal.Ingest;

/// <summary>
/// The large messages that are stored portion by portion: one of each token at a time, the tokens by turns. Used by the writer alone.
/// </summary>
internal sealed class PortionQueue
{
    private readonly Dictionary<int, Queue<PortionedMessage>> _ofToken = [];
    private readonly Queue<int> _turns = new();

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _turns.Count == 0;

    /// <summary>The message whose turn it is.</summary>
    public PortionedMessage Current => _ofToken[_turns.Peek()].Peek();

    /// <summary>Takes the large messages out of a batch.</summary>
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

    /// <summary>Gives the turn to the next token; a message that was decided leaves.</summary>
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
