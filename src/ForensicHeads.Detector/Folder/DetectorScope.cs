using System.Globalization;

namespace ForensicHeads.Detector.Folder;

/// <summary>The plain word on what a detector was trained on, which stands beside everything it says.</summary>
public static class DetectorScope
{
    /// <summary>What a verdict of the detector is worth, to be read before any: how it did on what it never saw, as far as whoever trained
    /// it says so.</summary>
    public static string Worth(DetectorManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return string.IsNullOrWhiteSpace(manifest.Remark)
            ? "Nobody has said how this detector does on generators that it never saw. Measure it with 'detect test' before you rely on it."
            : manifest.Remark.Trim();
    }

    /// <summary>One paragraph: people, frames, generators, footage, calibration, what does not follow, and the remark of who trained
    /// it.</summary>
    public static string Of(DetectorManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var generators = manifest.Generators.Count == 0 ? "generators that the stores do not name" : string.Join(", ", manifest.Generators);
        string[] how =
        [
            .. manifest.Modes.Count > 0 ? [string.Join(", ", manifest.Modes)] : Array.Empty<string>(),
            .. manifest.Shots.Count > 0 ? [$"{string.Join(", ", manifest.Shots)} shots"] : Array.Empty<string>(),
        ];
        var calibrated = manifest.CalibrationPeople > 0
            ? string.Create(CultureInfo.InvariantCulture, $"calibrated on {manifest.CalibrationPeople} other people")
                + (manifest.CalibratedBy is { } protocol ? $" ({protocol}: the same training again and again, each time without those whom "
                    + "it then scored)" : "")
            : "not calibrated, so without verdicts";
        var footage = manifest.Codecs.Count == 0 ? "" : $" from {string.Join(", ", manifest.Codecs)} footage";
        var widths = manifest.LargestCrop > 0
            ? string.Create(CultureInfo.InvariantCulture,
            $", crops {manifest.SmallestCrop:0} to {manifest.LargestCrop:0} px wide in their source") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Trained on {manifest.TrainingFrames} frames of {manifest.TrainingPeople} people "
                + $"({string.Join(", ", manifest.TrainingStores.Keys)}){footage}{widths}, generated ones by "
                + $"{generators}{(how.Length > 0 ? $" ({string.Join("; ", how)})" : "")}; {calibrated}; crops of {manifest.Size} "
                + $"px{(manifest.Augmented ? ", with copies changed picture by picture (JPEG, size, blur, noise, tone; no H.264)" : "")}. ")
            + "Of other generators, of editing by other means, and of footage unlike this it can say little: "
            + (UnseenFakes.Doubt(manifest.Unseen) is { } doubt ? $"'{Verdict.NoSign}' does not mean that a file is genuine ({doubt}). "
                : $"'{Verdict.Real}' means consistent with the real footage seen in training, not that a file is genuine. ")
            + Worth(manifest);
    }
}
