namespace Efento.Portal.Simulation;

/// <summary>What a gateway tells while it works; called from its own loop.</summary>
public sealed class GatewayEvents
{
    /// <summary>After each attempt to send.</summary>
    public Action<SendResult>? Sent { get; set; }

    /// <summary>After a message was answered 201: its readings must never be lost from now on.</summary>
    public Action<GatewayMessage>? Acknowledged { get; set; }

    /// <summary>When the gateway has begun to wait, with the simulated duration; a test's clock may be advanced from here on.</summary>
    public Action<TimeSpan>? Waiting { get; set; }
}
