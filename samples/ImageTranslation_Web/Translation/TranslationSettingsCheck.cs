using Microsoft.Extensions.Options;

namespace ImageTranslation_Web;

/// <summary>Refuses settings with which the program would run, but not work.</summary>
internal sealed class TranslationSettingsCheck : IValidateOptions<TranslationSettings>
{
    private const long Gibibyte = 1 << 30;

    public ValidateOptionsResult Validate(string? name, TranslationSettings options)
    {
        List<string> problems = [];
        Check(nameof(options.Workers), options.Workers, 1, 1024);
        Check(nameof(options.QueueLength), options.QueueLength, 0, 1024);
        Check(nameof(options.Uploads), options.Uploads, 1, 1024);
        Check(nameof(options.Connections), options.Connections, 1, 65536);
        Check(nameof(options.MaximumBytes), options.MaximumBytes, 1, Gibibyte);
        Check(nameof(options.MaximumPixels), options.MaximumPixels, 1, 200_000_000);
        Check(nameof(options.UploadSeconds), options.UploadSeconds, 1, 3600);
        Check(nameof(options.AnswerSeconds), options.AnswerSeconds, 1, 3600);
        Check(nameof(options.MinimumBytesPerSecond), options.MinimumBytesPerSecond, 1, Gibibyte);
        if (options.ModelsFolder is { } folder && !Directory.Exists(folder))
            problems.Add(
                $"{TranslationSettings.Section}:{nameof(options.ModelsFolder)} is '{folder}', where there is no "
                    + "folder; expected a folder with ONNX files."
            );
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check(string setting, long value, long least, long most)
        {
            if (value < least || value > most)
                problems.Add(
                    FormattableString.Invariant(
                        $"{TranslationSettings.Section}:{setting} is {value}; expected {least} to {most}."
                    )
                );
        }
    }
}
