namespace Efento.Portal.Simulation;

/// <summary>The events of a gateway, called from its own loop.</summary>
internal sealed class GatewayEvents
{
    /// <summary>After each attempt to send.</summary>
    public Action<SendResult>? Sent { get; set; }

    /// <summary>After a message was answered 201. From now on its readings must not be lost.</summary>
    public Action<GatewayMessage>? Acknowledged { get; set; }

    /// <summary>When the gateway begins to wait, with the simulated duration. From then on a test may advance its clock.</summary>
    public Action<TimeSpan>? Waiting { get; set; }
}
