namespace Efento.Portal.Components;

/// <summary>Marks an endpoint as a page, or as the circuit of one.</summary>
internal sealed class PageMark;
