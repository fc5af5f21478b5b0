using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ForensicHeads.Generator.Programs;

/// <summary>A person's shots and the program of others that is given them with each driver.</summary>
public sealed class ProgramHead : IDrivenHead
{
    private readonly ProgramGenerator program;
    private readonly ShotSet shots;
    private readonly long seed;
    private readonly string log;

    /// <summary>Sets shots before a program.</summary>
    /// <param name="program">Ends with this.</param>
    /// <param name="shots">At the size that its frames will have.</param>
    /// <param name="consent">The record that allows it.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <param name="toolVersion">Version of the tool.</param>
    /// <param name="log">Where what it says is left, without an ending.</param>
    /// <exception cref="UserErrorException">It cannot use so many shots.</exception>
    public ProgramHead(ProgramGenerator program, ShotSet shots, ConsentRecord consent, long seed, string toolVersion, string log)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(shots);
        (this.program, this.shots, this.seed, this.log) = (program, shots, seed, log);
        var count = shots.Shots.Count;
        if (!program.Takes(count)) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"--shots is {count}, but {program.Name} takes {string.Join(", ", program.ShotCounts)} (\"shots\" in its file)."), exitCode: 2);
        Origin = new ShotOrigin(shots, program, consent, toolVersion);
        Sha256 = Hashes.OfText(CanonicalJson.ToLine(new { program.Key, Origin.StoreSha256, Origin.ShotKeys, seed, Origin.Draw }));
    }

    /// <inheritdoc/>
    public HeadOrigin Origin { get; }

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <inheritdoc/>
    public string Generator => program.Name;

    /// <inheritdoc/>
    public string? GeneratorVersion => program.Version;

    /// <inheritdoc/>
    public string? GeneratorLicence => program.Licence;

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The program gave nothing that can be used, or the driver's frames are too small.</exception>
    public IEnumerable<DrivenFrame> Render(DriverVideo driver, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(driver);
        var store = driver.Store;
        var size = Origin.Size;
        if (store.Info.Size < size) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"The driver's frames have {store.Info.Size} px, but the shots have {size}, and frames are never enlarged. Make the driver's "
            + $"store with --size {size} or more."));
        // At a rate of the user's a frame may come several times; the program sees each once.
        FrameRecord[] records = [.. driver.Frames.DistinctBy(frame => frame.Key)];
        var task = new GeneratorTask
        {
            Identity = driver.Identity,
            Shots = shots.Shots,
            Drivers = records.Select(record => new Shot(store.ReadImage(record), record.Landmarks).Resize(size)),
            Mode = Origin.Mode,
            Seed = seed,
            Draw = Origin.Draw,
            FramesPerSecond = GeneratorTask.RateOf(records),
            Log = log,
        };
        progress?.Report(new StepProgress("generating", 0, driver.Frames.Count, "frames"));
        var images = new Dictionary<string, RgbImage>(StringComparer.Ordinal);
        foreach (var (record, image) in records.Zip(Made(task, cancellation))) images[record.Key] = image;
        progress?.Report(new StepProgress("generating", driver.Frames.Count, driver.Frames.Count, "frames"));
        return driver.Frames.Select(frame => new DrivenFrame(frame, frame.Landmarks.Resize(store.Info.Size, size), images[frame.Key]));
    }

    private IEnumerable<RgbImage> Made(GeneratorTask task, CancellationToken cancellation)
    {
        try
        {
            return program.Make(new GeneratorTools(), task, cancellation).Single().Frames;
        }
        catch (JobFailedException error)
        {
            throw new UserErrorException(
                $"{program.Title} gave no frames: {error.Message}. What it said, if anything, is in {log}{ProgramLog.Ending}.",
                inner: error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => program.Dispose();

    private sealed record ShotOrigin : HeadOrigin
    {
        [SetsRequiredMembers]
        public ShotOrigin(ShotSet shots, ProgramGenerator program, ConsentRecord consent, string toolVersion)
            : base(shots, program.FileSha256, consent, toolVersion)
        {
            Mode = program.Modes[0];
            Size = shots.Shots[0].Image.Width;
        }

        public override Mode Mode { get; }

        public override int Size { get; }
    }
}
