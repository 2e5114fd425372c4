using System.Text.Json;

namespace Efento.Portal.Simulation;

/// <summary>The body of a 201, parsed and checked: the loggers whose measurements are to be kept and synchronised.</summary>
internal sealed class SyncAnswer
{
    private readonly List<(ViolationKind, string)> _violations = [];

    /// <summary>Handles in "Y".</summary>
    public HashSet<long> Keep { get; } = [];

    /// <summary>Handles in "N".</summary>
    public HashSet<long> Drop { get; } = [];

    /// <summary>Its violations of the protocol.</summary>
    public IReadOnlyList<(ViolationKind Kind, string Detail)> Violations => _violations;

    /// <summary>Parses the answer to measurements. It must name each of <paramref name="handles"/> exactly once.</summary>
    public static SyncAnswer ToMeasurements(GatewayReply reply, IReadOnlySet<long> handles)
    {
        var answer = new SyncAnswer();
        answer.Read(reply, root =>
        {
            answer.ReadList(root, "Y", answer.Keep);
            answer.ReadList(root, "N", answer.Drop);
            answer.Compare(handles);
        });
        return answer;
    }

    /// <summary>Parses the answer to a heartbeat. It must be <c>{}</c>.</summary>
    public static SyncAnswer ToHeartbeat(GatewayReply reply)
    {
        var answer = new SyncAnswer();
        answer.Read(reply, root =>
        {
            if (root.EnumerateObject().Any())
            {
                answer.Report(ViolationKind.Body, "the answer to a heartbeat isn't {}");
            }
        });
        return answer;
    }

    private void Read(GatewayReply reply, Action<JsonElement> read)
    {
        if (reply.ContentType is not "application/json")
        {
            Report(ViolationKind.ContentType, $"201 as {reply.ContentType ?? "nothing"} instead of application/json");
        }

        try
        {
            using var json = JsonDocument.Parse(reply.Body);
            if (json.RootElement.ValueKind is JsonValueKind.Object)
            {
                read(json.RootElement);
                return;
            }

            Report(ViolationKind.Body, "the body of a 201 isn't a JSON object");
        }
        catch (JsonException e)
        {
            Report(ViolationKind.Body, $"the body of a 201 isn't JSON: {e.Message}");
        }
    }

    private void ReadList(JsonElement root, string name, HashSet<long> handles)
    {
        if (!root.TryGetProperty(name, out var list) || list.ValueKind is not JsonValueKind.Array)
        {
            Report(ViolationKind.Body, $"the body of a 201 has no list \"{name}\"");
            return;
        }

        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind is not JsonValueKind.Number || !element.TryGetInt64(out var handle))
            {
                Report(ViolationKind.Handles, $"\"{name}\" holds {element.GetRawText()}, which is no handle");
            }
            else if (!handles.Add(handle))
            {
                Report(ViolationKind.Handles, $"handle {handle} stands twice in \"{name}\"");
            }
        }
    }

    private void Compare(IReadOnlySet<long> sent)
    {
        foreach (var handle in Keep.Intersect(Drop))
        {
            Report(ViolationKind.Handles, $"handle {handle} stands in both lists");
        }

        foreach (var handle in sent.Except(Keep).Except(Drop))
        {
            Report(ViolationKind.Handles, $"handle {handle} stands in neither list");
        }

        foreach (var handle in Keep.Concat(Drop).Except(sent))
        {
            Report(ViolationKind.Handles, $"handle {handle} wasn't sent");
        }
    }

    private void Report(ViolationKind kind, string detail) => _violations.Add((kind, detail));
}
