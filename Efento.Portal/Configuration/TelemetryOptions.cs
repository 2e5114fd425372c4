namespace Efento.Portal.Configuration;

/// <summary>What others may see of how the portal fares (docs/operations.md). Changes of it take effect at the next start.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// Addresses or networks (CIDR) from which <c>/metrics</c> is read without a token. The default is none: a token is needed.
    /// </summary>
    public string[] MetricsNetworks { get; set; } = [];

    /// <summary>
    /// Where metrics and traces are sent with OTLP, such as http://127.0.0.1:4318. The default is null: nowhere.
    /// </summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How they are sent. The default is over HTTP.</summary>
    public OtlpProtocol OtlpProtocol { get; set; }

    /// <summary>
    /// Headers to send with them, such as "Authorization=Bearer abc"; several are separated by commas. The default is null: none.
    /// </summary>
    public string? OtlpHeaders { get; set; }

    /// <summary>How often metrics are sent. The default is a minute.</summary>
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The form of the log. The default is text, a line for each event.</summary>
    public LogForm Log { get; set; }
}

/// <summary>How metrics and traces are sent with OTLP.</summary>
public enum OtlpProtocol : byte
{
    /// <summary>Protocol buffers over HTTP, to the paths /v1/metrics and /v1/traces.</summary>
    Http,

    /// <summary>gRPC.</summary>
    Grpc,
}

/// <summary>The form of the log.</summary>
public enum LogForm : byte
{
    /// <summary>Text for people, in the server's zone.</summary>
    Text,

    /// <summary>A JSON object in each line for programs, with times in UTC.</summary>
    Json,
}
