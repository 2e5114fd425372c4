namespace Efento.Portal.Ingest.Payload;

/// <summary>A range of a body (in bytes) or of a list (in elements).</summary>
internal readonly record struct Part(int Offset, int Length);
