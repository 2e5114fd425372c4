using System.Globalization;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Efento.Portal.Components.Words;

/// <summary>Translates MudBlazor's own texts.</summary>
internal sealed class MudWords : MudLocalizer
{
    /// <inheritdoc/>
    public override LocalizedString this[string key] =>
        MudBlazorText.Resources.GetString(key, CultureInfo.CurrentUICulture) is { } text
            ? new(key, text)
            : new(key, key, resourceNotFound: true);

    /// <inheritdoc/>
    public override LocalizedString this[string key, params object[] arguments] =>
        this[key] is { ResourceNotFound: false } text
            ? new(key, string.Format(CultureInfo.CurrentCulture, text.Value, arguments))
            : this[key];
}
