namespace ForensicHeads.Media.Tests;

public class MediaLimitsTests
{
    [Fact]
    public void The_defaults_are_as_documented()
    {
        var limits = new MediaLimits();
        Assert.Equal(64_000_000, limits.MaxPixels);
        Assert.Equal(500_000, limits.MaxFrames);
        Assert.Equal(14_400, limits.MaxSeconds);
        Assert.Equal(8L << 30, limits.MaxBytes);
        Assert.Equal(16, limits.MaxFaces);
        Assert.Equal(4L << 30, limits.MaxMemory);
        Assert.Equal(TimeSpan.FromMinutes(30), limits.TimeLimit);
        Assert.Equal(TimeSpan.FromSeconds(30), limits.StallLimit);
        limits.Validate();
    }

    [Fact]
    public void A_value_outside_its_range_is_refused_with_value_range_and_remedy()
    {
        var error = Assert.Throws<UserErrorException>(() => new MediaLimits { MaxPixels = 0 }.Validate());
        Assert.Equal("MaxPixels 0 is outside 1 … 1000000000; 64000000 is usual.", error.Message);
        Assert.Equal(2, error.ExitCode);
    }
}
