namespace Efento.Portal.Demo;

/// <summary>Registered only in a demo, by the command <c>demo</c>. Every page then shows a notice.</summary>
internal sealed class DemoNotice;
