using System.Text.RegularExpressions;
using Efento.Portal.Demo.Mail;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.MailBox;

/// <summary>Shows what a demo has sent by e-mail, the newest first. A portal that is no demo says so.</summary>
public sealed partial class MailBoxPage
{
    private DemoMailBox? _box;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _box?.Changed -= Show;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _box = Services.GetService<DemoMailBox>();
        _box?.Changed += Show;
    }

    private void Show() => _ = InvokeAsync(StateHasChanged);

    /// <summary>An address within a text. The parentheses keep it when a text is split.</summary>
    [GeneratedRegex(@"(https?://\S+)")]
    private static partial Regex Address();
}
