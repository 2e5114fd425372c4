using Efento.Portal.Components.Words;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;
using Microsoft.AspNetCore.Components.Forms;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <content>Imports names from a file: first a preview, then all of it or nothing.</content>
public sealed partial class NamesPage
{
    private string _file = "";
    private byte[] _bytes = [];
    private NamesPreview? _preview;

    private async Task ReadAsync(InputFileChangeEventArgs chosen)
    {
        (_file, _said) = (chosen.File.Name, "");
        if (chosen.File.Size > CsvTable.MostBytes)
        {
            _preview = new NamesPreview(new CsvFault(CsvFaultKind.TooLarge), []);
            return;
        }

        using var copy = new MemoryStream();
        await using var file = chosen.File.OpenReadStream(CsvTable.MostBytes);
        await file.CopyToAsync(copy, Browser.Disconnected);
        _bytes = copy.ToArray();
        Preview();
    }

    private void Preview() => _preview = NamesFile.Read(_bytes, _loggers ?? [], Locations.Tree);

    private void CloseImport() => (_preview, _bytes) = (null, []);

    private async Task ImportAsync()
    {
        if (_preview is not { IsReady: true } preview
            || await NameAsync([.. preview.Changing.Select(line => line.Change!)]) is not { } faults)
        {
            return;
        }

        await ReloadAsync();
        if (faults.Count == 0)
        {
            (_said, _isRefused) = (NamesText.Saved(preview.Changing.Count), false);
            CloseImport();
        }
        else
        {
            (_said, _isRefused) = ($"{AdministrationWords.Fault(faults)} {NamesText.PreviewIsNew}", true);
            Preview();
        }
    }
}
