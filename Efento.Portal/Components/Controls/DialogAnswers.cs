using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Controls;

/// <summary>Shows dialogs and returns their answers.</summary>
internal static class DialogAnswers
{
    /// <summary>Options of dialogs with fields; Escape closes them.</summary>
    public static DialogOptions Fields { get; } = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };

    /// <summary>Shows a dialog and waits for its result.</summary>
    /// <param name="dialogs">The dialog service.</param>
    /// <param name="title">The title; null if the dialog has its own.</param>
    /// <param name="about">Its parameters.</param>
    /// <param name="look">The options; null for MudBlazor's defaults.</param>
    /// <returns>The answer; null if the dialog was cancelled.</returns>
    public static async Task<TAnswer?> AskAsync<TDialog,
    TAnswer>(this IDialogService dialogs, string? title, DialogParameters about, DialogOptions? look = null)
        where TDialog : IComponent
        where TAnswer : class
    {
        var dialog = await dialogs.ShowAsync<TDialog>(title, about, look ?? new DialogOptions());
        return (await dialog.Result)?.Data as TAnswer;
    }
}
