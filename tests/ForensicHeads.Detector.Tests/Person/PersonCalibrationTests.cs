namespace ForensicHeads.Detector.Tests.Person;

public class PersonCalibrationTests
{
    private static readonly RecogniserDesign Design = RecogniserDesign.MobileFace;

    public static TheoryData<string> Names => [.. RecogniserDesign.All.Select(design => design.Name)];

    [Fact]
    public void Clips_of_the_person_lie_below_clips_of_others_and_the_bounds_follow_the_people()
    {
        var fitted = PersonCalibration.Fit(Design, [.. Enumerable.Range(0, 12).Select(i => Person(i, clips: 1 + (i % 2)))]);
        Assert.Equal((12, 6), (fitted.People, fitted.PeopleWithOtherClips));
        Assert.Equal(1, fitted.Auc);
        var calibrator = fitted.Calibrator;
        Assert.Equal((6, 12), (calibrator.RealPeople, calibrator.GeneratedPeople));
        // Everybody is questioned as everybody else, six as themselves.
        Assert.Equal((12 * 11) + 6, calibrator.Videos);
        Assert.InRange(calibrator.UpperBound, 0.5, Math.Log10(7));
        Assert.InRange(calibrator.LowerBound, -Math.Log10(7), -0.5);
        Assert.Equal((Math.Round(calibrator.UpperBound, 9), Math.Round(calibrator.LowerBound, 9)),
            (Math.Round(calibrator.Llr(100), 9), Math.Round(calibrator.Llr(-100), 9)));
        // Different directions are almost at right angles; one person's vectors almost parallel.
        Assert.InRange(fitted.Limit, 0.5, 1);
        Assert.Equal(1, fitted.OwnWithinLimit);
    }

    [Fact]
    public void The_clip_of_the_references_is_not_questioned()
    {
        // The second clip of each shows another axis: were the first in question, it would be found.
        PersonClips Turning(int i) => new($"p{i}", [.. new[] { i, 40 + i }.Select(axis => new PersonClip("c", [Axis(axis), Axis(axis)]))]);
        Assert.Equal(0.5, PersonCalibration.Fit(Design, [.. Enumerable.Range(0, 6).Select(Turning)]).Auc);
    }

    [Fact]
    public void People_with_one_clip_cannot_calibrate() =>
        Assert.Contains("at least 2",
            Assert.Throws<UserErrorException>(() => PersonCalibration.Fit(Design, [Person(0, 1), Person(1, 1), Person(2, 2)])).Message,
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recogniser_comes_with_a_calibration_that_has_something_to_say(string name)
    {
        var calibration = PersonCalibration.Of(RecogniserDesign.ByName(name));
        Assert.Equal(name, calibration.Network);
        Assert.InRange(calibration.People, 30, 100);
        Assert.InRange(calibration.Auc, 0.95, 1);
        // No more than the people bear, and enough for a verdict.
        var most = Math.Log10(calibration.PeopleWithOtherClips + 1);
        Assert.InRange(calibration.Calibrator.UpperBound, Verdict.Threshold, most);
        Assert.InRange(-calibration.Calibrator.LowerBound, Verdict.Threshold, most);
        Assert.InRange(calibration.OwnWithinLimit, 0.9, 1);
    }

    // Around an axis of their own, nearer in one clip than from clip to clip.
    private static PersonClips Person(int number, int clips)
    {
        var random = new Random(number);
        float[] Vector(double shift)
        {
            var vector = Axis(number);
            for (var i = 0; i < vector.Length; i++) vector[i] += (float)((random.NextDouble() - 0.5) * 0.05 * (1 + shift));
            var length = (float)Math.Sqrt(vector.Sum(value => value * value));
            return Array.ConvertAll(vector, value => value / length);
        }

        return new PersonClips($"p{number}",
            [.. Enumerable.Range(0, clips).Select(clip =>
                new PersonClip($"c{clip}", [.. Enumerable.Range(0, 20).Select(_ => Vector(clip))]))]);
    }

    private static float[] Axis(int number)
    {
        var vector = new float[Design.Length];
        vector[number] = 1;
        return vector;
    }
}
