using System.Globalization;

namespace ForensicHeads.Generator.Output;

/// <summary>Generated frames as a research store: no mark in the pixels, provenance in the index.</summary>
public static class StoreOutput
{
    /// <summary>Writes the store; whole or not at all. One that was made by the same head and driver is taken as it is.</summary>
    public static FrameStore Write(string path, IDrivenHead head, DriverVideo driver, Provenance provenance,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(driver);
        ArgumentNullException.ThrowIfNull(provenance);
        var fitted = driver.Driving?.Fit == LandmarkFit.Shape ? "-fitted" : "";
        var video = FrameKey.Of(
            $"{provenance.Identity}-{provenance.Mode.Text()}-t{provenance.Shots}-d{provenance.Draw}-by-{driver.Video}{fitted}");
        var info = Info(head, driver, provenance);
        if (FinishedStore.Find(path, info.Arguments) is { } finished) return finished;
        using var writer = StoreWriter.Create(path, info);
        foreach (var frame in head.Render(driver, progress, cancellation))
        {
            var hash = PerceptualHash.Of(driver.Store.ReadImage(frame.Driver));
            writer.Add(Record(frame, video, provenance) with { NearestShotDistance = head.Origin.NearestShotDistance(hash) }, frame.Image);
        }

        writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson([provenance.Consent]));
        return writer.Complete();
    }

    private static StoreInfo Info(IDrivenHead head, DriverVideo driver, Provenance provenance) => new()
    {
        Name = $"{provenance.Identity} driven by {driver.Video}",
        Size = head.Origin.Size,
        CropSpecification = driver.Store.Info.CropSpecification,
        EncodePath = driver.Store.Info.EncodePath,
        FramesPerSecond = driver.Store.Info.FramesPerSecond,
        Arguments =
            ["generate", "--head", head.Sha256, "--drive", $"{provenance.DriverStoreSha256}:{driver.Video}", provenance.ToolVersion,
            CanonicalJson.ToLine(driver.Driving)],
        LicenceSummary = (head.GeneratorLicence is { } licence ? $"{head.Generator}: {licence}; " : "")
            + $"generated from: {head.Origin.Licence}; driven by: {driver.Store.Info.LicenceSummary}",
        Properties = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["digital_source_type"] = Provenance.TrainedAlgorithmicMedia,
            ["head_sha256"] = head.Sha256,
            ["source_store_sha256"] = provenance.SourceStoreSha256,
            ["driver_store_sha256"] = provenance.DriverStoreSha256,
            ["tool_version"] = provenance.ToolVersion,
            ["driving"] = CanonicalJson.ToLine(driver.Driving),
        },
    };

    // The crop, the time and the source are the driver's: the frame stands where the driver's stood.
    private static FrameRecord Record(DrivenFrame frame, string video, Provenance provenance) => frame.Driver with
    {
        Key = FrameKey.Of(string.Create(CultureInfo.InvariantCulture, $"{video}-{frame.Driver.FrameNumber:D5}")),
        Identity = provenance.Identity,
        Video = video,
        Track = 0,
        Licence = provenance.GeneratorLicence is { } licence ? $"{frame.Driver.Licence}; {provenance.Generator}: {licence}"
            : frame.Driver.Licence,
        Landmarks = frame.Landmarks,
        Origin = FrameOrigin.MadeBy(provenance.Generator) with { Mode = provenance.Mode, Shots = provenance.Shots, Draw = provenance.Draw },
        WeightsSha256 = provenance.WeightsSha256,
        DriverVideo = provenance.DriverVideo,
        DriverFrame = frame.Driver.FrameNumber,
    };
}
