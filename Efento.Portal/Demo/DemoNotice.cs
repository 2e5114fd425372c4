namespace Efento.Portal.Demo;

/// <summary>There only in a demo: every page says so. Nothing but the command <c>demo</c> registers it.</summary>
internal sealed class DemoNotice;
